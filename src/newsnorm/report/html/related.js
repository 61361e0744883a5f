// Relations beyond clusters: articles of other reports that have passages in common with one.

const KIND_SAYS = {
  exact: "the same words", near: "the same report with small changes", excerpt: "one text holds the other",
  update: "the same report with other figures", overlap: "common passages in two reports",
};

const titleOf = (id) => report.byId.get(id)?.title || id;

/** Return the title of an article, which leads to it if this report holds it. */
function articleName(id) {
  const name = bdi(shortened(titleOf(id), 120));
  return report.byId.has(id) ? h("a", { href: link("article", id) }, name) : [name, h("small", null, " (not in this report)")];
}

function relatedItem({ id, kind, covers, passage }, of) {
  const how = kind === "overlap" ? KIND_SAYS.overlap : `${KIND_SAYS[kind]}; a bridge: the clusters keep the two apart`;
  const cluster = report.byId.get(id)?.cluster;
  return h("li", null,
    of && [h("a", { href: link("article", of) }, bdi(of)), " and "], articleName(id),
    h("small", null, h("b", null, kind), `: ${how}. Common passages cover ${covers[0]} % of ${of ? "the first" : "this"} text and ${covers[1]} % of the other one.`,
      cluster && [" Cluster of the other: ", h("a", { href: link("cluster", cluster) }, bdi(cluster)), "."]),
    passage && h("blockquote", { dir: "auto" }, passage));
}

const relatedOf = (article) => (article.related ?? []).map(([id, kind, own, other, passage]) => ({ id, kind, covers: [own, other], passage }));

/** Return what other articles have in common with one, if any have. */
function relatedParts(article) {
  const related = relatedOf(article);
  if (!related.length) return [];
  return [h("details", { class: "related" },
    h("summary", null, `Common passages with ${count(related.length + article.relatedLeft, "article")} of other reports`),
    h("ul", null, related.map((each) => relatedItem(each))),
    article.relatedLeft > 0 && h("p", { class: "small faint" }, `${article.relatedLeft.toLocaleString("en")} more are in relations.jsonl.`))];
}

const MOST_RELATED = 12;

/** Return what articles outside a cluster have in common with members of it, if any have. */
async function relatedToCluster(cluster) {
  const items = [];
  for (const id of [cluster.representative, ...cluster.pairs.map((pair) => pair.id)]) {
    const row = report.byId.get(id);
    if (row) for (const each of relatedOf(await report.opened.get(row.number))) items.push(relatedItem(each, id));
  }
  if (!items.length) return [];
  return [h("section", { class: "related" },
    h("h3", null, "Common passages with articles of other reports"),
    h("ul", null, items.slice(0, MOST_RELATED)),
    items.length > MOST_RELATED && h("p", { class: "small faint" }, `${(items.length - MOST_RELATED).toLocaleString("en")} more: each article shows its own.`))];
}
