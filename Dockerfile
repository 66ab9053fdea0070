# The program with its list; the index lies in the volume /data.
FROM python:3.11-slim
RUN useradd --uid 10001 --home-dir /data --create-home xiaojuren
COPY . /src
# The CPU build of torch: the other one brings gigabytes of CUDA.
RUN pip install --no-cache-dir torch==2.13.0 --index-url https://download.pytorch.org/whl/cpu \
 && pip install --no-cache-dir -c /src/constraints.txt '/src[postgres]' \
 && rm -rf /src
ENV XIAOJUREN_STORE=/data/index XIAOJUREN_HOST=0.0.0.0 TMPDIR=/tmp
USER xiaojuren
WORKDIR /data
VOLUME /data
EXPOSE 7860
HEALTHCHECK --interval=30s --timeout=5s --start-period=15m CMD \
  ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:7860/health')"]
ENTRYPOINT ["xiaojuren"]
CMD ["serve"]
