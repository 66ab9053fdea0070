// The pictures: the charts that the address asks for, and the map, which is drawn once.
let drawn = null;
let lit = null;
let map = null;

function tell(name, text) {
  const line = document.createElement("p");
  line.className = "xj-soft";
  line.textContent = text;
  part(name).replaceChildren(line);
}

async function show() {
  const query = asked();
  if (query !== drawn) {
    const found = await server.pictures_view(query).catch(() => null);
    // A later address may have been asked for meanwhile.
    if (query !== asked()) return;
    if (!found) return tell("charts", READ_FAILED);
    part("charts").innerHTML = found.html;
    part("charts").removeAttribute("aria-busy");
    drawn = query;
    lit = found.ids && new Set(found.ids);
    map?.light(lit);
  }
  if (!map) await showMap();
}

let asking = null;
async function showMap() {
  asking ??= server.pictures_map().catch(() => null);
  const html = await asking;
  asking = null;
  if (map) return;
  if (!html) return tell("map", READ_FAILED);
  part("map").innerHTML = html;
  part("map").removeAttribute("aria-busy");
  const frame = part("map").querySelector(".xj-map-frame");
  map = frame ? new TechnologyMap(part("map"), frame) : { light: () => {} };
  map.light(lit);
}

const SVG = "http://www.w3.org/2000/svg";
const FARTHEST = 24;
const LABEL_SIZE = 12;
const LINE = 15;

class TechnologyMap {
  constructor(root, frame) {
    this.root = root;
    this.frame = frame;
    this.svg = frame.querySelector("svg");
    this.labels = frame.querySelector(".xj-map-labels");
    this.tip = frame.querySelector(".xj-map-tip");
    this.points = [...frame.querySelectorAll("circle")].map((node) => ({
      node,
      x: Number(node.getAttribute("cx")) / Number(this.svg.dataset.width),
      y: Number(node.getAttribute("cy")) / Number(this.svg.dataset.height),
      dim: false,
    }));
    this.byNode = new Map(this.points.map((point) => [point.node, point]));
    this.colour = "trade";
    this.group = null;
    this.lit = null;
    this.view = { scale: 1, left: 0, top: 0 };
    this.points[0].node.setAttribute("tabindex", "0");
    this.listen();
    new ResizeObserver(() => this.draw()).observe(frame);
    this.recolour();
  }

  listen() {
    this.root.addEventListener("change", (event) => {
      this.colour = event.target.value;
      this.group = null;
      this.recolour();
    });
    this.root.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button?.dataset.zoom) this.zoomButton(button.dataset.zoom);
      if (button?.dataset.group !== undefined) {
        this.group = this.group === button.dataset.group ? null : button.dataset.group;
        this.recolour();
      }
    });
    this.svg.addEventListener("keydown", (event) => this.key(event));
    for (const kind of ["pointerover", "focusin"]) {
      this.svg.addEventListener(kind, (event) => this.showTip(this.byNode.get(event.target)));
    }
    for (const kind of ["pointerout", "focusout"]) {
      this.svg.addEventListener(kind, () => (this.tip.hidden = true));
    }
    this.svg.addEventListener(
      "wheel",
      (event) => {
        // Without the key the wheel scrolls the page.
        if (!event.ctrlKey && !event.metaKey) return;
        event.preventDefault();
        const box = this.svg.getBoundingClientRect();
        this.zoom(Math.exp(-event.deltaY / 300), event.clientX - box.left, event.clientY - box.top);
      },
      { passive: false },
    );
    this.listenToPointers();
  }

  // One pointer moves the map, two stretch it. What was dragged is not clicked.
  listenToPointers() {
    const held = new Map();
    let moved = 0;
    const middle = () => {
      const all = [...held.values()];
      const x = all.reduce((sum, one) => sum + one.x, 0) / all.length;
      const y = all.reduce((sum, one) => sum + one.y, 0) / all.length;
      const apart = all.length > 1 ? Math.hypot(all[0].x - all[1].x, all[0].y - all[1].y) : 0;
      return { x, y, apart };
    };
    this.svg.addEventListener("pointerdown", (event) => {
      if (!held.size) moved = 0;
      held.set(event.pointerId, { x: event.clientX, y: event.clientY });
    });
    window.addEventListener("pointermove", (event) => {
      if (!held.has(event.pointerId)) return;
      const before = middle();
      held.set(event.pointerId, { x: event.clientX, y: event.clientY });
      const after = middle();
      moved += Math.abs(after.x - before.x) + Math.abs(after.y - before.y);
      const { scale, left, top } = this.view;
      this.look(scale, left + after.x - before.x, top + after.y - before.y);
      if (before.apart && after.apart) {
        const box = this.svg.getBoundingClientRect();
        this.zoom(after.apart / before.apart, after.x - box.left, after.y - box.top);
      }
    });
    for (const kind of ["pointerup", "pointercancel"]) {
      window.addEventListener(kind, (event) => held.delete(event.pointerId));
    }
    this.svg.addEventListener(
      "click",
      (event) => {
        if (moved > 6) event.stopPropagation();
      },
      true,
    );
  }

  zoomButton(way) {
    if (way === "all") return this.look(1, 0, 0);
    const { width, height } = this.svg.getBoundingClientRect();
    this.zoom(way === "in" ? 1.6 : 1 / 1.6, width / 2, height / 2);
  }

  // Stretch around a place of the frame, which stays where it is.
  zoom(factor, x, y) {
    const { scale, left, top } = this.view;
    const next = Math.min(FARTHEST, Math.max(1, scale * factor));
    const ratio = next / scale;
    this.look(next, x - (x - left) * ratio, y - (y - top) * ratio);
  }

  look(scale, left, top) {
    const { width, height } = this.svg.getBoundingClientRect();
    const within = (at, size) => Math.min(0, Math.max(size * (1 - scale), at));
    this.view = { scale, left: within(left, width), top: within(top, height) };
    this.tip.hidden = true;
    // A finger scrolls the page as long as there is nothing to move.
    this.svg.style.touchAction = scale > 1 ? "none" : "pan-y";
    this.waiting ??= requestAnimationFrame(() => this.draw());
  }

  light(ids) {
    this.lit = ids;
    this.recolour();
  }

  recolour() {
    for (const point of this.points) {
      const group = point.node.dataset[this.colour];
      point.dim =
        (this.lit !== null && !this.lit.has(point.node.dataset.company)) ||
        (this.group !== null && this.group !== group);
      point.node.setAttribute("class", `xj-dot-${group}${point.dim ? " xj-dim" : ""}`);
    }
    for (const legend of this.root.querySelectorAll("[data-legend]")) {
      legend.hidden = legend.dataset.legend !== this.colour;
      for (const button of legend.querySelectorAll("button")) {
        button.setAttribute("aria-pressed", String(button.dataset.group === this.group));
      }
    }
    // What is lit lies above what is not.
    const layer = this.points[0].node.parentNode;
    layer.prepend(...this.points.filter((point) => point.dim).map((point) => point.node));
    this.draw();
  }

  draw() {
    this.waiting = undefined;
    const { width, height } = this.svg.getBoundingClientRect();
    if (!width) return;
    const { scale, left, top } = this.view;
    for (const point of this.points) {
      point.at = { x: point.x * width * scale + left, y: point.y * height * scale + top };
      point.node.setAttribute("cx", point.at.x.toFixed(1));
      point.node.setAttribute("cy", point.at.y.toFixed(1));
    }
    this.drawLabels(width, height);
  }

  // A name for every lit point that has room for one beside, below or above it.
  drawLabels(width, height) {
    const seen = this.points.filter(
      ({ at }) => at.x > -9 && at.y > -9 && at.x < width + 9 && at.y < height + 9,
    );
    const taken = new Boxes();
    for (const { at } of seen) taken.add(at.x - 4, at.y - 4, 8, 8);
    const names = [];
    for (const point of seen) {
      if (point.dim) continue;
      const text = shortened(point.node.dataset.short);
      const place = placeFor(point.at, widthOf(text), width, height, taken);
      if (place) names.push(label(text, place));
    }
    this.labels.replaceChildren(...names);
  }

  showTip(point) {
    if (!point) return;
    const { does, place } = point.node.dataset;
    const [name, what, where] = this.tip.children;
    const label = point.node.getAttribute("aria-label");
    name.textContent = does ? label.slice(0, -does.length - 1) : label;
    what.textContent = does;
    where.textContent = place;
    this.tip.hidden = false;
    const { width, height } = this.svg.getBoundingClientRect();
    const box = this.tip.getBoundingClientRect();
    const right = point.at.x + 14 + box.width < width;
    const below = point.at.y + 14 + box.height < height;
    this.tip.style.left = `${Math.max(4, right ? point.at.x + 12 : point.at.x - 12 - box.width)}px`;
    this.tip.style.top = `${Math.max(4, below ? point.at.y + 10 : point.at.y - 10 - box.height)}px`;
  }

  key(event) {
    const point = this.byNode.get(event.target);
    if (!point) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      point.node.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
      return;
    }
    const way = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }[event.key];
    if (!way) return;
    event.preventDefault();
    const next = nearestTowards(point, this.points, way);
    if (next) this.focus(point, next);
  }

  focus(from, to) {
    from.node.setAttribute("tabindex", "-1");
    to.node.setAttribute("tabindex", "0");
    const { width, height } = this.svg.getBoundingClientRect();
    const { scale, left, top } = this.view;
    if (to.at.x < 0 || to.at.y < 0 || to.at.x > width || to.at.y > height) {
      this.look(scale, left + width / 2 - to.at.x, top + height / 2 - to.at.y);
      this.draw();
    }
    to.node.focus({ preventScroll: true });
  }
}

// The nearest lit point within a right angle around a direction.
function nearestTowards(from, points, [right, down]) {
  let best = null;
  let least = Infinity;
  for (const to of points) {
    if (to === from || to.dim) continue;
    const [x, y] = [to.at.x - from.at.x, to.at.y - from.at.y];
    const along = x * right + y * down;
    const apart = Math.hypot(x, y);
    if (along <= 0 || along < apart * 0.7) continue;
    if (apart < least) [best, least] = [to, apart];
  }
  return best;
}

const shortened = (text) => ([...text].length > 12 ? `${[...text].slice(0, 11).join("")}…` : text);
const widthOf = (text) =>
  [...text].reduce((sum, one) => sum + (one.charCodeAt(0) < 256 ? 0.58 : 1.02) * LABEL_SIZE, 0);

function placeFor(at, size, width, height, taken) {
  const places = [
    [at.x + 8, at.y - LINE / 2],
    [at.x - 8 - size, at.y - LINE / 2],
    [at.x - size / 2, at.y + 6],
    [at.x - size / 2, at.y - 7 - LINE],
  ];
  for (const [x, y] of places) {
    if (x < 2 || y < 2 || x + size > width - 2 || y + LINE > height - 2) continue;
    if (taken.free(x, y, size, LINE)) {
      taken.add(x, y, size, LINE);
      return [x, y];
    }
  }
  return null;
}

function label(text, [x, y]) {
  const node = document.createElementNS(SVG, "text");
  node.setAttribute("x", x.toFixed(1));
  node.setAttribute("y", (y + LINE - 4).toFixed(1));
  node.textContent = text;
  return node;
}

// Boxes that are taken, kept in cells so that few need to be compared.
class Boxes {
  constructor() {
    this.cells = new Map();
  }

  *keys(x, y, width, height) {
    for (let column = Math.floor(x / 64); column <= Math.floor((x + width) / 64); column++) {
      for (let row = Math.floor(y / 32); row <= Math.floor((y + height) / 32); row++) {
        yield `${column},${row}`;
      }
    }
  }

  add(x, y, width, height) {
    for (const key of this.keys(x, y, width, height)) {
      if (!this.cells.has(key)) this.cells.set(key, []);
      this.cells.get(key).push([x, y, x + width, y + height]);
    }
  }

  free(x, y, width, height) {
    for (const key of this.keys(x, y, width, height)) {
      for (const [left, top, right, bottom] of this.cells.get(key) ?? []) {
        if (x < right && left < x + width && y < bottom && top < y + height) return false;
      }
    }
    return true;
  }
}

window.addEventListener("xiaojuren:view", ({ detail }) => detail === "pictures" && show());
if (document.body.dataset.view === "pictures") show();
