// The parts of the report besides articles and clusters, and the way to each by its address.

const view = byId("view"), overview = byId("overview");
let report = null;

// Rules

function showRules(part) {
  const rows = report.rules.map((rule) => h("tr", null,
    h("th", { scope: "row" }, h("a", { href: link("rule", rule.id) }, h("code", null, rule.id))),
    h("td", null, bdi(rule.says)),
    h("td", { class: "number" }, rule.count.toLocaleString("en")),
    h("td", { class: "number" }, rule.shown.toLocaleString("en"))));
  const search = h("input", { type: "search", size: 30, "aria-label": "Search the rules", placeholder: "a rule, a reason, a phrase" });
  search.addEventListener("input", () => {
    const words = search.value.toLowerCase();
    for (const row of rows) row.hidden = !row.textContent.toLowerCase().includes(words);
  });
  const heads = [["Rule", ""], ["What it is", ""], ["findings in the corpus", "number"], ["articles here", "number"]];
  part.replaceChildren(h("h2", { tabindex: -1 }, "Rules"), h("p", { class: "lead" }, "Every removal and every field has the rule that decided it."), h("p", null, search),
    h("table", { class: "wide" }, h("thead", null, h("tr", null, heads.map(([head, kind]) => h("th", { scope: "col", class: kind || null }, head)))), h("tbody", null, rows)));
}

async function showRule(part, id) {
  const rule = report.rules.find((each) => each.id === id);
  part.replaceChildren(h("a", { href: "#rules" }, "← All rules"), h("h2", { tabindex: -1 }, h("code", null, bdi(id))));
  if (!rule) {
    part.append(h("p", null, "No article of this report has a finding of this rule."));
    return;
  }
  part.append(h("p", { class: "lead" }, bdi(rule.says)),
    h("p", null, `${count(rule.count, "finding")} in the corpus; `, h("a", { href: link("articles", undefined, { rule: id }) }, `${count(rule.shown, "article")} in this report`), "."));
  if (rule.toml) part.append(h("details", null, h("summary", null, count(rule.toml.phrases.length, "phrase")), h("ul", null, rule.toml.phrases.map((phrase) => h("li", null, bdi(phrase))))));
  const lines = await linesOf(report.rules.indexOf(rule), id);
  const rows = lines.slice(0, 200).map(([line, places]) => h("tr", null,
    h("td", null, bdi(shortened(line, 300))),
    h("td", { class: "number" }, places.length),
    h("td", null, h("a", { href: link("article", places[0][0], { at: places[0][1] }) }, "see it"))));
  part.append(h("h3", null, "What it took, the most frequent first"),
    h("table", { class: "lines" }, h("thead", null, h("tr", null, [["Line"], ["times here", "number"], ["Example"]].map(([head, kind]) => h("th", { scope: "col", class: kind }, head)))), h("tbody", null, rows)),
    lines.length > 200 ? h("p", { class: "faint" }, `and ${lines.length - 200} more`) : "");
}

/** Return the lines that a rule took in the articles of the report: line → places, the most frequent first. */
async function linesOf(number, id) {
  const lines = new Map();
  for (const row of report.articles.filter((each) => each.rules.includes(number))) {
    const article = await report.opened.get(row.number);
    let at = 0;
    for (const [text, , rule, , , readable] of article.stretches ?? article.taken) {
      if (rule === id) {
        const line = readable || text.trim();
        if (!lines.has(line)) lines.set(line, []);
        lines.get(line).push([row.name, at]);
      }
      at += codePoints(text);
    }
  }
  return [...lines].sort((one, other) => other[1].length - one[1].length || (one[0] < other[0] ? -1 : 1));
}

// Errors

function showErrors(part) {
  const counts = Object.entries(report.errors);
  const total = counts.reduce((sum, [, number]) => sum + number, 0);
  part.replaceChildren(h("h2", { tabindex: -1 }, "Errors"));
  if (!total) {
    part.append(h("p", null, "Every record became an article."));
    return;
  }
  const rows = report.failures.map((failure) => h("tr", null,
    h("td", null, h("code", null, failure.code)),
    h("td", null, bdi(failure.place === null ? failure.source : `${failure.source}:${failure.place}`)),
    h("td", null, bdi(failure.message))));
  part.append(h("p", { class: "lead" }, `${count(total, "record")} gave no article: ${counts.map(([code, number]) => `${code} ${number.toLocaleString("en")}`).join(", ")}.`),
    h("table", { class: "wide" }, h("thead", null, h("tr", null, ["Code", "Record", "Reason"].map((head) => h("th", { scope: "col" }, head)))), h("tbody", null, rows)));
  if (report.failures.length < total) part.append(h("p", { class: "faint" }, `${(total - report.failures.length).toLocaleString("en")} more are in errors.jsonl.`));
}

// Flags

function showFlags(part) {
  part.replaceChildren(h("h2", { tabindex: -1 }, "Flags"));
  if (!flags.all.size) {
    part.append(h("p", { class: "lead" }, "Nothing is flagged. Flag a stretch or a field of an article, or a pair of a cluster, as wrong; then download what you flagged here."));
    return;
  }
  const rows = [...flags.all].map(([key, flag]) => h("tr", null,
    h("td", null, h("a", { href: flag.kind === "join" ? "#clusters" : link("article", flag.article, flag.at >= 0 ? { at: flag.at } : {}) }, bdi(flag.article))),
    h("td", null, bdi(shortened(flag.line ?? flag.value ?? "", 160))),
    h("td", null, bdi(FLAG_SAYS[flag.kind](flag)), flag.kind === "field" && shouldBe(flag)),
    h("td", null, h("button", { type: "button", click: () => { flags.all.delete(key); flags.save(); showFlags(part); } }, "Remove"))));
  part.append(
    h("p", { class: "lead" }, "The flags stay in this browser only. Download them as rules to review, and as regression cases that fail until the mistakes are mended."),
    h("div", { class: "downloads" },
      h("button", { type: "button", id: "download-rules", click: () => download("flags.toml", [catalogueFile()], "application/toml") }, "Rules with never lines (flags.toml)"),
      h("button", { type: "button", id: "download-cases", click: async () => download("cases.zip", zip(await caseFiles()), "application/zip") }, "Regression cases (cases.zip)"),
      h("button", { type: "button", click: () => { if (confirm("Remove all flags?")) { flags.all.clear(); flags.save(); showFlags(part); } } }, "Remove all")),
    h("table", { class: "flags wide" }, h("thead", null, h("tr", null, ["Article", "What", "Flag", ""].map((head) => h("th", { scope: "col" }, head)))), h("tbody", null, rows)));
}

function shouldBe(flag) {
  const input = h("input", { type: "text", value: flag.should ?? "", placeholder: "what would be right; empty: there is none", "aria-label": `The right value of ${flag.field}` });
  input.addEventListener("input", () => { flag.should = input.value; flags.save(); });
  return input;
}

// The overview

function showSampled() {
  const { shown: number, of, withoutRaw, coverage } = report.sample;
  const names = { rule: "rules", site: "sites", note: "kinds of notes", language: "languages", kind: "kinds of text" };
  const covered = Object.entries(names).filter(([key]) => coverage[key]).map(([key, name]) => `${coverage[key][0].toLocaleString("en")} of ${coverage[key][1].toLocaleString("en")} ${name}`);
  const left = number < of ? `A sample of ${number.toLocaleString("en")} of ${count(of, "article")} can be opened here` : `All ${count(of, "article")} can be opened here`;
  const missing = Object.entries(names).filter(([key]) => coverage[key]?.[2].length).map(([key, name]) => {
    const [inside, all, some] = coverage[key];
    return h("li", null, `${name}: `, bdi(some.join(", ")), all - inside > some.length && ` and ${(all - inside - some.length).toLocaleString("en")} more`);
  });
  byId("sampled").replaceChildren(h("p", { class: "lead" }, `${left}: ${covered.join(", ")}. The charts count the whole corpus.`),
    missing.length ? h("details", null, h("summary", null, "What no article shows here"), h("ul", null, missing)) : "",
    withoutRaw ? h("p", { class: "notice" }, `The raw text of ${count(withoutRaw, "article")} was not available: ${report.sample.withoutRawWhy}`) : "");
}

// The way

const PARTS = {
  articles: (params) => { takeFilters(params); return showArticles(view, null, null); },
  article: (params) => showArticles(view, params.get("article"), params.get("at")),
  clusters: () => showClusters(view, null, null),
  cluster: (params) => showClusters(view, params.get("cluster"), params.get("member")),
  rules: () => showRules(view),
  rule: (params) => showRule(view, params.get("rule")),
  errors: () => showErrors(view),
  flags: () => showFlags(view),
};
const HOME = { article: "articles", cluster: "clusters", rule: "rules" };

/** Take the filters of an address; an address without any keeps those that are set. */
function takeFilters(params) {
  const given = Object.keys(FILTERS).filter((name) => params.has(name));
  if (!given.length && !params.has("search")) return;
  for (const name of [...Object.keys(FILTERS), "search"]) filters[name] = params.get(name) ?? "";
  shown = STEP;
}

async function follow(event) {
  const params = new URLSearchParams(location.hash.slice(1));
  const name = [...params.keys()][0] ?? "overview";
  const part = PARTS[name];
  overview.hidden = Boolean(part);
  view.hidden = !part;
  for (const each of document.querySelectorAll("nav a")) {
    if (each.getAttribute("href") === `#${HOME[name] ?? (part ? name : "overview")}`) each.setAttribute("aria-current", "page");
    else each.removeAttribute("aria-current");
  }
  if (part) await part(params);
  document.documentElement.dataset.shown = location.hash;
  if (event && !params.has("at")) {
    const heading = (part ? view : overview).querySelector(".pane h2") ?? (part ? view : overview).querySelector("h2");
    heading?.focus({ preventScroll: true });
    if (!["article", "articles"].includes(name) || matchMedia("(max-width: 56rem)").matches) scrollTo(0, 0);
  }
}

function chooseColours() {
  const box = byId("theme"), select = box.querySelector("select");
  const apply = () => (select.value ? (document.documentElement.dataset.theme = select.value) : delete document.documentElement.dataset.theme);
  try {
    select.value = localStorage.getItem("newsnorm-colours") ?? "";
  } catch {
    // the browser keeps nothing
  }
  select.addEventListener("change", () => {
    apply();
    try {
      localStorage.setItem("newsnorm-colours", select.value);
    } catch {
      // the same
    }
  });
  apply();
  box.hidden = false;
}

async function start() {
  chooseColours();
  if (typeof DecompressionStream === "undefined") {
    byId("sampled").replaceChildren(h("p", { class: "notice" }, "This browser is too old to unpack the articles; the figures below are complete."));
    return;
  }
  report = await unpack(templates("index")[0]);
  report.byId = new Map();
  report.articles.forEach((row, number) => {
    row.number = number;
    row.name = report.byId.has(row.id) ? `${row.id} (${number})` : row.id; // several texts may have one id
    report.byId.set(row.name, row);
  });
  report.says = new Map(report.rules.map((rule) => [rule.id, rule.says]));
  report.opened = new Packed("articles", report.chunk);
  report.openedClusters = new Packed("clusters", report.chunk);
  flags.load(report.key);
  flags.save();
  showSampled();
  document.querySelector("nav").hidden = false;
  const skip = byId("skip");
  skip.hidden = false;
  skip.addEventListener("click", () => (view.hidden ? overview : view).querySelector("h2")?.focus());
  addEventListener("hashchange", follow);
  await follow();
}

start();
