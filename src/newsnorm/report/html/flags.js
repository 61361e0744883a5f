// What a reviewer flags as wrong, and the files that are made of it: rules with `never` lines, and regression cases.

const flags = {
  /** Key → flag, in the order in which they were made. */
  all: new Map(),
  key: "",

  /** Load the flags of an earlier visit, where the browser keeps any. */
  load(key) {
    this.key = `newsnorm-flags-${key}`;
    try {
      this.all = new Map(JSON.parse(localStorage.getItem(this.key) ?? "[]"));
    } catch {
      this.all = new Map();
    }
  },

  save() {
    try {
      localStorage.setItem(this.key, JSON.stringify([...this.all]));
    } catch {
      // the browser keeps nothing: the flags last as long as the page is open
    }
    byId("flag-count").textContent = this.all.size ? ` (${this.all.size})` : "";
  },

  has(flag) {
    return this.all.has(keyOf(flag));
  },

  /** Flag something, or take its flag away; return whether it is flagged now. */
  toggle(flag) {
    const key = keyOf(flag);
    if (!this.all.delete(key)) this.all.set(key, flag);
    this.save();
    announce(this.all.has(key) ? "Flagged as wrong." : "Flag removed.");
    return this.all.has(key);
  },
};

const keyOf = (flag) => JSON.stringify([flag.kind, flag.article, flag.at, flag.field ?? "", flag.other ?? ""]);

/** Make a button that flags something as wrong. */
function flagButton(flag, label, changed = () => {}) {
  const button = h("button", { type: "button", "aria-pressed": String(flags.has(flag)) }, label);
  button.addEventListener("click", () => {
    button.setAttribute("aria-pressed", String(flags.toggle(flag)));
    changed();
  });
  return button;
}

const FLAG_SAYS = {
  kept: (flag) => `belongs to the report, but ${flag.rule} took it`,
  left: () => "does not belong to the report, but stayed",
  field: (flag) => `${flag.field} is wrong`,
  join: (flag) => `is not the same report as ${flag.other}`,
};

// The catalogue

/** Write a value as TOML. */
function toml(value) {
  if (Array.isArray(value)) return `[${value.map(toml).join(", ")}]`;
  if (typeof value !== "string") return String(value);
  const escaped = value.toWellFormed().replace(/[\u0000-\u001f"\\\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g, (letter) =>
    letter === '"' || letter === "\\" ? `\\${letter}` : `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return `"${escaped}"`;
}

const comment = (text) => `# ${text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, " ")}\n`;

/** Return a rule with the flagged lines as `never`, and without the phrases that match them. */
function ruleTable(rule, lines) {
  const hits = report.hits[rule.id] ?? {};
  const matched = new Set(lines.flatMap((line) => hits[line] ?? []));
  const { table, ...keys } = rule.toml;
  const phrases = keys.phrases.filter((_, number) => !matched.has(number));
  const dropped = keys.phrases.filter((_, number) => matched.has(number));
  const values = { ...keys, phrases: phrases.length ? phrases : keys.phrases, never: [...(keys.never ?? []), ...lines] };
  const rows = [`[[${table}]]`, ...Object.entries(values).map(([key, value]) => `${key.padEnd(8)} = ${toml(value)}`)];
  if (!phrases.length) {
    const says = "Every phrase of this rule matches a flagged line. Write narrower phrases, and take the # away:";
    return comment(says) + rows.map((row) => `# ${row}\n`).join("");
  }
  const says = dropped.length
    ? `Left out, since it matches a flagged line: ${dropped.join(" · ")}`
    : "No phrase matches a flagged line by itself: look at the lines beside it, and at the tier of the rule.";
  return comment(says) + rows.map((row) => `${row}\n`).join("");
}

const NOT_BY_PHRASES = {
  code: (id) => `${id} is decided by code, not by phrases: the regression cases hold it.`,
  learned: (id) => `${id} was learned: delete it from the file of learned rules.`,
};

/** Write the flagged removals as a file of rules. */
function catalogueFile() {
  const byRule = new Map();
  for (const flag of flags.all.values()) {
    if (flag.kind === "kept") byRule.set(flag.rule, [...(byRule.get(flag.rule) ?? []), flag.line]);
  }
  const parts = [
    "# Rules that took lines of reports, as flagged in a report of newsnorm.\n",
    "# Review them, then load them with --catalogue, or newsnorm.Catalogue.load: they replace the rules of the same id.\n",
  ];
  for (const [id, lines] of [...byRule].sort(([one], [other]) => (one < other ? -1 : 1))) {
    const rule = report.rules.find((each) => each.id === id);
    const unique = [...new Set(lines)];
    if (rule?.toml) parts.push(`\n${ruleTable(rule, unique)}`);
    else parts.push(`\n${comment(NOT_BY_PHRASES[rule?.origin ?? "code"](id))}`, ...unique.map((line) => comment(`never: ${line}`)));
  }
  return parts.join("");
}

// The cases

/** Return a name for the folder of a case that no other has. */
function folderName(text, taken) {
  const plain = text.normalize("NFKD").replace(/[^A-Za-z0-9]+/g, "-").replace(/^-+|-+$/g, "").toLowerCase().slice(0, 60) || "case";
  let name = plain;
  for (let number = 2; taken.has(name); number++) name = `${plain}-${number}`;
  taken.add(name);
  return name;
}

/** Return what `expected.json` says of a field whose right value a reviewer gave; an empty value says that there is none. */
function expectedField(field, value) {
  const items = value.split(";").map((item) => item.trim()).filter(Boolean);
  const key = { section: "section", tag: "tags", description: "description", image: "image", url: "canonical_url" }[field];
  if (key) return { about: { [key]: key === "tags" ? items : value || null } };
  if (field === "authors") return { authors: items.map((name) => ({ name })) };
  if (field === "published" || field === "updated") return { [field]: value ? { value } : null };
  if (field === "dateline") return { dateline: value ? { place: value } : null };
  const inner = { credits: "name", captions: "caption", corrections: "text" }[field];
  return { [field]: inner ? items.map((item) => ({ [inner]: item })) : value || null };
}

/** Put what several flags expect of one article together. */
function expectedOf(found) {
  const expected = {};
  for (const flag of found) {
    if (flag.kind === "kept") (expected.contains ??= []).push(flag.line);
    if (flag.kind === "left") (expected.lacks ??= []).push(flag.line);
    if (flag.kind === "field") {
      const { about, ...rest } = expectedField(flag.field, flag.should ?? "");
      Object.assign(expected, rest);
      if (about) expected.about = { ...expected.about, ...about };
    }
  }
  return expected;
}

const table = (values) => Object.entries(values).filter(([, value]) => value).map(([key, value]) => `${key} = ${toml(value)}\n`).join("");

/** Return the files of the cases: path → text. */
async function caseFiles() {
  const files = new Map(), taken = new Set(), missing = [];
  const byArticle = new Map();
  for (const flag of flags.all.values()) {
    if (flag.kind !== "join") byArticle.set(flag.article, [...(byArticle.get(flag.article) ?? []), flag]);
  }
  for (const [id, found] of byArticle) {
    const row = report.byId.get(id);
    const article = await report.opened.get(row.number);
    const folder = `cases/${folderName(id, taken)}`;
    const why = `Flagged in a report: ${found.map((flag) => FLAG_SAYS[flag.kind](flag)).join("; ")}.`;
    const given = (name) => article.notes.some((note) => note.startsWith(`${name}-given:`)) && article.fields.find(([field]) => field === name)?.[1];
    files.set(`${folder}/about.toml`, table({ why, url: row.url, title: given("title"), site: given("site"), language: row.language }));
    files.set(`${folder}/expected.json`, `${JSON.stringify(expectedOf(found), null, 2)}\n`);
    if (article.isPage || article.left || !article.stretches) missing.push(`${folder}/${article.isPage ? "input.html" : "raw.txt"}: the input ${id}, whose sha256 is ${article.sha256}\n`);
    else files.set(`${folder}/raw.txt`, article.stretches.map(([text]) => text).join(""));
  }
  for (const flag of flags.all.values()) if (flag.kind === "join") addJoin(files, flag, folderName(`${flag.article}-${flag.other}`, taken));
  files.set("README.txt", readme(missing));
  return files;
}

/** Add two texts that are not one report: a case of `tests/fixtures/dedup`. */
function addJoin(files, flag, folder) {
  files.set(`joins/${folder}/about.toml`, table({ why: `Flagged in a report: ${flag.article} and ${flag.other} are two reports.` }));
  files.set(`joins/${folder}/docs/a.txt`, flag.texts[0]);
  files.set(`joins/${folder}/docs/b.txt`, flag.texts[1]);
  files.set(`joins/${folder}/relations.json`, `${JSON.stringify({ clusters: [], apart: [["a", "b"]] }, null, 2)}\n`);
}

function readme(missing) {
  const lines = [
    "cases: folders that `newsnorm cases check cases` compares with what newsnorm finds; each fails until the mistake is mended.",
    "joins: two texts each that were joined and are not one report; `newsnorm diff joins/NAME/docs/a.txt joins/NAME/docs/b.txt` shows them.",
  ];
  if (missing.length) lines.push("", "Not in the report, so copy them here:", ...missing);
  return `${lines.join("\n")}\n`;
}
