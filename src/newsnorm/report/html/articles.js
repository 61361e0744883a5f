// The browser of articles: a list with filters, and one article with the fate of every stretch of its raw text.

const STEP = 100;
const FATE_SAYS = { removal: "removed", mark: "no report, but kept", body: "report", claim: "claim of the page" };
const FATES = ["body", "removal", "mark", "title", "standfirst", "byline", "date", "dateline", "credit", "caption", "correction", "claim"];
const FILTERS = { rule: "Rule", site: "Site", kind: "Kind of text", language: "Language", note: "Note", month: "Month", relation: "Relation to other reports" };

const filters = { search: "", sort: "" };
let shown = STEP;

const nameOf = (row) => row.title || row.id;
const valuesOf = (row, filter) =>
  ({ rule: row.rules.map((number) => report.rules[number].id), note: row.notes, relation: row.relations ?? [] }[filter] ?? [row[filter]]);

/** Return the values of a filter with their number of articles, the most frequent first. */
function choices(filter) {
  const counts = new Map();
  for (const row of report.articles) for (const value of valuesOf(row, filter)) if (value) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1));
}

const passes = (row) => Object.keys(FILTERS).every((filter) => !filters[filter] || valuesOf(row, filter).includes(filters[filter]));

/** Return the raw text of each article in small letters, or what the report holds of it; made once. */
async function searchable() {
  searchable.texts ??= report.opened.all().then((all) => all.map((article) => (article.stretches?.map(([text]) => text).join("") ?? [...article.paragraphs, ...article.taken.map(([text]) => text)].join("\n"))));
  return searchable.texts;
}

/** Return the articles that pass the filters and hold the words that are searched for, each with a stretch around the first. */
async function found() {
  const passing = report.articles.filter(passes);
  const words = filters.search.trim().toLowerCase();
  if (!words) return passing.map((row) => ({ row, around: null }));
  const texts = await searchable();
  const holding = [];
  for (const row of passing) {
    const text = texts[row.number];
    const at = text.toLowerCase().indexOf(words);
    if (at >= 0) holding.push({ row, around: [text.slice(Math.max(0, at - 40), at), text.slice(at, at + words.length), text.slice(at + words.length, at + words.length + 60)] });
    else if ([row.title, row.id, row.url, row.site].some((each) => each?.toLowerCase().includes(words))) holding.push({ row, around: null });
  }
  return holding;
}

const SORTS = {
  "": ["as in the corpus", (one, other) => one.row.number - other.row.number],
  removed: ["most removed first", (one, other) => other.row.removed - one.row.removed],
  notes: ["most notes first", (one, other) => other.row.notes.length - one.row.notes.length],
  title: ["by title", (one, other) => nameOf(one.row).localeCompare(nameOf(other.row))],
};

/** Make the filters, which list what the sample holds. */
function filterForm(changed) {
  const field = (label, control, wide) => h("label", { class: wide ? "wide" : null }, label, control);
  const search = h("input", { type: "search", id: "search", placeholder: "words, a title, an address", value: filters.search });
  let timer = 0;
  search.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => changed("search", search.value), 150);
  });
  const select = (name, label, options) => {
    const control = h("select", { id: `filter-${name}` }, options.map(([value, says]) => h("option", { value, selected: (filters[name] ?? "") === value }, says)));
    control.addEventListener("change", () => changed(name, control.value));
    return field(label, control, name === "rule");
  };
  const selects = Object.entries(FILTERS).map(([name, label]) =>
    select(name, label, [["", "any"], ...choices(name).map(([value, number]) => [value, `${shortened(value, 60)} (${number})`])]),
  );
  const isSet = Object.keys(FILTERS).some((name) => filters[name]);
  const order = select("sort", "Order", Object.entries(SORTS).map(([value, [says]]) => [value, says]));
  return h("form", { class: "filters", role: "search", submit: (event) => event.preventDefault() }, field("Search", search, true),
    h("details", { open: isSet }, h("summary", null, "Filters and order"), h("div", null, selects, order)));
}

function listItem({ row, around }, open) {
  const removed = row.removed ? `${row.removed} removed` : "nothing removed";
  const doubts = row.notes.length ? ` · ${count(row.notes.length, "note")}` : "";
  return h("li", null, h("a", { href: link("article", row.name), "aria-current": row.name === open && "true" },
    h("strong", null, bdi(shortened(nameOf(row), 160))),
    h("small", null, bdi(row.site || "no site"), ` · ${row.month === "unknown" ? "no date" : row.month} · ${row.language}`),
    h("small", null, `${row.kind} · ${removed}${doubts}`),
    around && h("small", { dir: "auto" }, "… ", around[0], h("mark", null, around[1]), around[2], " …")));
}

/** Show the list, and beside it an article if one is open. */
async function showArticles(view, open, at) {
  const same = view.firstElementChild?.id === "articles-browser" && view.firstElementChild.dataset.filters === JSON.stringify(filters);
  const browser = same ? view.firstElementChild : articlesBrowser(view);
  browser.classList.toggle("is-open", open !== null);
  for (const each of browser.querySelectorAll(".list a")) {
    if (each.getAttribute("href") === link("article", open ?? "")) each.setAttribute("aria-current", "true");
    else each.removeAttribute("aria-current");
  }
  await showArticle(browser.querySelector(".pane"), open, at);
}

function articlesBrowser(view) {
  const list = h("ul", { class: "list" }), total = h("p", { class: "small faint" }), more = h("button", { type: "button", class: "more" });
  const browser = h("div", { class: "browser", id: "articles-browser" });
  const fill = async () => {
    const open = new URLSearchParams(location.hash.slice(1)).get("article");
    const asked = JSON.stringify(filters);
    const holding = (await found()).sort(SORTS[filters.sort][1]);
    if (asked !== JSON.stringify(filters)) return; // asked for something else meanwhile
    browser.dataset.filters = asked;
    list.replaceChildren(...holding.slice(0, shown).map((each) => listItem(each, open)));
    total.textContent = `${holding.length.toLocaleString("en")} of ${count(report.articles.length, "article")} in this report`;
    announce(total.textContent);
    clear.hidden = !Object.entries(filters).some(([name, value]) => value && name !== "sort");
    more.hidden = holding.length <= shown;
    more.textContent = `Show ${Math.min(STEP, holding.length - shown)} more`;
  };
  const changed = (name, value) => {
    filters[name] = value;
    shown = STEP;
    fill();
  };
  more.addEventListener("click", async () => {
    const first = list.children.length;
    shown += STEP;
    await fill();
    list.children[first]?.firstElementChild.focus();
  });
  list.addEventListener("keydown", (event) => moveAlong(event, [...list.querySelectorAll("a")], ["ArrowUp", "ArrowDown"]));
  const clear = h("button", { class: "small", type: "button", click: () => { for (const name of Object.keys(filters)) filters[name] = ""; showArticles(view, null, null); } }, "Clear all filters");
  browser.append(
    h("div", { class: "listing" }, h("h2", { tabindex: -1 }, "Articles"), filterForm(changed), clear, total, list, more),
    h("article", { class: "pane", "aria-label": "Article" }),
  );
  browser.dataset.filters = JSON.stringify(filters);
  view.replaceChildren(browser);
  fill();
  return browser;
}

// One article

async function showArticle(pane, id, at) {
  if (id === null) {
    pane.replaceChildren(h("h2", null, "No article is open"), h("p", { class: "faint" }, "Choose one from the list. Every stretch of its raw text is coloured by its fate; point at one to see the rule and the reason."));
    return;
  }
  const row = report.byId.get(id);
  if (!row) {
    pane.replaceChildren(h("h2", { tabindex: -1 }, "Not in this report"), h("p", null, "The sample does not hold the article ", bdi(id), "."), h("a", { href: "#articles" }, "All articles of the sample"));
    return;
  }
  if (pane.dataset.id !== id) {
    const article = await report.opened.get(row.number);
    pane.dataset.id = id;
    pane.replaceChildren(...articleParts(row, article));
    pane.scrollIntoView({ block: "nearest" });
  }
  showWords(pane);
  if (at !== null) pointAt(pane, Number(at));
}

/** Highlight in the raw text what is searched for, where the browser can. */
function showWords(pane) {
  if (!CSS.highlights) return;
  CSS.highlights.delete("searched");
  const words = filters.search.trim().toLowerCase();
  if (!words) return;
  const ranges = [];
  for (const { firstChild: node } of pane.querySelectorAll(".stretch")) {
    const text = node?.data?.toLowerCase() ?? "";
    for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + words.length)) {
      const range = new Range();
      range.setStart(node, Math.min(at, node.data.length));
      range.setEnd(node, Math.min(at + words.length, node.data.length));
      ranges.push(range);
    }
  }
  CSS.highlights.set("searched", new Highlight(...ranges));
}

function articleParts(row, article) {
  const address = webAddress(row.url);
  const fact = (name, value) => value && h("li", null, `${name}: `, h("b", null, value));
  return [
    h("a", { href: "#articles", class: "back" }, "← All articles"),
    h("h2", { tabindex: -1 }, bdi(nameOf(row))),
    h("ul", { class: "facts" },
      fact("id", bdi(row.id)),
      fact("site", row.site && h("a", { href: link("articles", undefined, { site: row.site }) }, bdi(row.site))),
      fact("language", `${row.language} (${article.languageHow})`),
      fact("kind of text", article.kindWhy ? `${row.kind} (${article.kindWhy})` : row.kind),
      fact("encoding", article.encoding),
      fact("cluster", row.cluster && h("a", { href: link("cluster", row.cluster) }, bdi(row.cluster))),
      row.url && h("li", null, "address: ", address ? h("a", { href: address, rel: "noopener noreferrer nofollow", target: "_blank" }, bdi(row.url)) : bdi(row.url))),
    article.notes.length > 0 && h("ul", { class: "notes", "aria-label": "Notes" }, article.notes.map(noteItem)),
    fieldsTable(row, article),
    article.fixes.length > 0 && h("details", null, h("summary", null, count(article.fixes.length, "repaired word")), h("table", null, h("tbody", null,
      article.fixes.map((cells) => h("tr", null, cells.map((cell) => h("td", null, bdi(cell)))))))),
    ...relatedParts(article),
    ...(article.stretches ? rawText(row, article) : withoutRawText(article)),
  ].filter(Boolean);
}

function noteItem(note) {
  const code = note.split(":", 1)[0];
  return h("li", null, h("a", { href: link("articles", undefined, { note: code }) }, code), bdi(note.slice(code.length)));
}

function fieldsTable(row, article) {
  if (!article.fields.length) return h("p", { class: "faint" }, "No fields were found.");
  const rows = article.fields.map(([name, value, rule, at]) => h("tr", null,
    h("th", { scope: "row" }, name),
    h("td", null, at >= 0 && article.stretches ? h("a", { href: link("article", row.name, { at }) }, bdi(value)) : bdi(value)),
    h("td", null, rule && h("a", { href: link("rule", rule) }, h("code", null, rule))),
    h("td", null, flagButton({ kind: "field", article: row.name, at, field: name, value, rule }, "Wrong"))));
  const heads = ["Field", "Value", "Rule", "Flag"].map((head) => h("th", { scope: "col" }, head));
  return h("table", { class: "fields" }, h("thead", null, h("tr", null, heads)), h("tbody", null, rows));
}

function withoutRawText(article) {
  return [
    h("p", { class: "notice" }, "The raw text was not available when this report was made, so removed lines are listed separately."),
    h("h3", null, "Report"),
    ...article.paragraphs.map((text) => h("p", { dir: "auto" }, text)),
    h("h3", null, "Taken out of the text"),
    h("div", { class: "raw" }, article.taken.map(([text, fate, rule, reason]) => h("div", { class: "line" },
      h("span", { class: `fate ${fate === "removal" ? fate : ""}` }, reason || fate), h("span", { class: "text", dir: "auto" }, h("span", { class: `stretch ${fate}`, title: rule }, text))))),
  ];
}

/** Return the number of code points of a text, in which the library counts. */
const codePoints = (text) => {
  let number = 0;
  for (const _ of text) number++;
  return number;
};

const BREAK = /(?:\r\n|[\n\r\u2028\u2029\u0085\u000b\u000c])$/;

/** Return the raw text as lines of stretches, and the panel that says what became of the one that is looked at. */
function rawText(row, article) {
  const inspector = h("aside", { class: "inspector", "aria-label": "What became of this stretch", "aria-live": "polite" });
  const raw = h("div", { class: "raw", role: "group", "aria-label": "Raw text; the arrow keys move from stretch to stretch, Enter keeps one in view" });
  let at = 0, line = null;
  for (const stretch of article.stretches) {
    const [text, fate] = stretch;
    if (line === null) raw.append((line = h("div", { class: "line" }, h("span", { class: "fate", "aria-hidden": "true" }), h("span", { class: "text", dir: "auto" }))));
    const end = at + codePoints(text);
    const also = article.fields.filter(([, , rule, place]) => place >= at && place < end && rule !== stretch[2]);
    addStretch(line, stretch, { row, at, also, inspector });
    if (BREAK.test(text) || fate === "blank") line = null;
    at = end;
  }
  const all = [...raw.querySelectorAll(".stretch")];
  all[0]?.setAttribute("tabindex", "0");
  raw.addEventListener("keydown", (event) => moveAlong(event, all, ["ArrowUp", "ArrowDown"]));
  raw.addEventListener("keydown", (event) => event.key === "Escape" && unpin(raw));
  inspect(inspector, null);
  const fates = FATES.filter((fate) => article.stretches.some((each) => each[1] === fate));
  return [
    h("h3", null, article.isPage ? "Text of the page" : "Raw text"),
    h("ul", { class: "legend", "aria-label": "Colours" }, fates.map((fate) => h("li", { class: fate }, FATE_SAYS[fate] ?? fate))),
    raw,
    article.left > 0 && h("p", { class: "notice" }, `The text goes on for ${count(article.left, "character")} that this report leaves out.`),
    inspector,
  ].filter(Boolean);
}

function addStretch(line, stretch, { row, at, also, inspector }) {
  const [text, fate, rule = "", reason = "", why = "", readable = ""] = stretch;
  const label = line.querySelector(".fate"), holder = line.querySelector(".text");
  if (fate === "blank") {
    line.classList.add("gap");
    holder.append(text);
    return;
  }
  const says = reason ? `${fate === "mark" ? "kept" : "removed"}: ${reason}` : FATE_SAYS[fate] ?? fate;
  if (fate === "removal") label.classList.add("removal");
  if (fate !== "body") label.textContent = label.textContent ? `${label.textContent}, ${reason || fate}` : reason || fate;
  label.title = label.textContent;
  const looked = { fate, rule, why, at, also, row, says, line: readable || text.trim() };
  const shownText = text.replace(BREAK, "");
  const element = h("span", { class: `stretch ${fate}`, role: "button", tabindex: -1, "data-at": at, title: rule ? `${says}\n${rule}` : says,
    "aria-label": `${says}: ${shownText}` }, shownText);
  const flag = flagOf(looked);
  element.classList.toggle("flagged", flags.has(flag));
  element.addEventListener("mouseenter", () => !element.closest(".raw").querySelector(".pinned") && inspect(inspector, looked, element));
  element.addEventListener("focus", () => {
    for (const each of element.closest(".raw").querySelectorAll('.stretch[tabindex="0"]')) each.setAttribute("tabindex", "-1");
    element.setAttribute("tabindex", "0");
    if (!element.closest(".raw").querySelector(".pinned")) inspect(inspector, looked, element);
  });
  const pin = () => {
    const pinned = element.classList.contains("pinned");
    unpin(element.closest(".raw"));
    element.classList.toggle("pinned", !pinned);
    inspect(inspector, looked, element);
  };
  element.addEventListener("click", pin);
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    pin();
  });
  holder.append(element);
}

function unpin(raw) {
  for (const each of raw.querySelectorAll(".pinned")) each.classList.remove("pinned");
}

const flagOf = ({ fate, rule, at, row, line }) => ({ kind: fate === "body" ? "left" : "kept", article: row.name, at, rule, line });

/** Say what became of a stretch. */
function inspect(inspector, looked, element) {
  if (looked === null) {
    inspector.replaceChildren(h("p", { class: "faint" }, "Point at a stretch, tap it, or reach it with the tab and arrow keys, to see its fate, its rule and the reason."));
    return;
  }
  const { fate, rule, why, at, also, row, says } = looked;
  const sentence = report.says.get(rule) ?? "";
  const label = fate === "body" ? "Does not belong to the report" : "Belongs to the report";
  inspector.replaceChildren(...[
    h("p", null, h("b", { class: fate }, says), rule && " by ", rule && h("a", { href: link("rule", rule) }, h("code", null, rule))),
    h("p", { class: "small" }, why || sentence || (fate === "body" ? "No rule took it, so it is part of the report." : "")),
    also.length > 0 && h("p", { class: "small" }, "Also found in it: ", also.map(([name, value, by], place) => [place > 0 && "; ", `${name} `, bdi(value), ` (${by})`])),
    h("div", { class: "actions" },
      fate !== "claim" && flagButton(flagOf(looked), label, () => element.classList.toggle("flagged", flags.has(flagOf(looked)))),
      h("a", { href: link("article", row.name, { at }) }, "Link to this stretch")),
  ].filter(Boolean));
}

/** Look at the stretch that holds a place of the raw text. */
function pointAt(pane, at) {
  const all = [...pane.querySelectorAll(".stretch[data-at]")];
  const target = all.findLast((each) => Number(each.dataset.at) <= at);
  if (!target) return;
  unpin(target.closest(".raw"));
  target.click();
  target.scrollIntoView({ block: "center" });
  target.focus({ preventScroll: true });
}
