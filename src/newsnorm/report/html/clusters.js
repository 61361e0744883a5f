// Clusters: a list, and the members of one beside its representative.

const DIFFERENCE_SAYS = { number: "other figure", name: "other name", wording: "other wording", added: "only on the right", "left-out": "only on the left" };

const MARKS = { added: "ins", "left-out": "del" };

async function showClusters(view, open, member) {
  const items = report.clusters.map((each) => h("li", null, h("a", { href: link("cluster", each.id), "aria-current": each.id === open && "true" },
    h("strong", null, bdi(shortened(titleOf(each.representative), 120))),
    h("small", null, `${count(each.size, "article")} · ${each.kinds.join(", ") || "connected through others"}`))));
  const list = h("ul", { class: "list" }, items);
  list.addEventListener("keydown", (event) => moveAlong(event, [...list.querySelectorAll("a")], ["ArrowUp", "ArrowDown"]));
  const pane = h("div", { class: "pane" });
  const shownOf = report.sample.clusters;
  view.replaceChildren(h("div", { class: `browser${open === null ? "" : " is-open"}` },
    h("div", { class: "listing" }, h("h2", { tabindex: -1 }, "Clusters"), h("p", { class: "small faint" }, `${shownOf[0].toLocaleString("en")} of ${count(shownOf[1], "cluster")} in this report`), list), pane));
  if (open === null) {
    pane.append(h("p", { class: "faint" }, shownOf[1] ? "Choose a cluster: articles that carry the same report." : "No articles of this corpus carry the same report, or they were not compared."));
    return;
  }
  const number = report.clusters.findIndex((each) => each.id === open);
  if (number < 0) pane.append(h("h2", { tabindex: -1 }, "Not in this report"), h("p", null, "The sample does not hold the cluster ", bdi(open), "."));
  else {
    const cluster = await report.openedClusters.get(number);
    pane.append(...clusterParts(cluster, member), ...await relatedToCluster(cluster));
  }
}

function clusterParts(cluster, member) {
  const pair = cluster.pairs.find((each) => each.id === member) ?? cluster.pairs[0];
  const others = cluster.members.filter((id) => id !== cluster.representative && !cluster.pairs.some((each) => each.id === id));
  return [
    h("a", { href: "#clusters", class: "back" }, "← All clusters"),
    h("h2", { tabindex: -1 }, bdi(titleOf(cluster.representative))),
    h("p", { class: "faint" }, `${count(cluster.members.length, "article")} carry the same report; `, bdi(cluster.representative), " stands for them."),
    cluster.pairs.length > 1 && h("div", { class: "members", role: "group", "aria-label": "Members" }, cluster.pairs.map((each) =>
      h("button", { type: "button", "aria-pressed": String(each === pair), click: () => (location.hash = link("cluster", cluster.id, { member: each.id })) }, bdi(each.id)))),
    others.length > 0 && h("p", { class: "small faint" }, "Not shown: ", bdi(others.slice(0, 20).join(", ")), others.length > 20 && ` and ${others.length - 20} more`),
    ...(pair ? pairParts(cluster, pair) : [h("p", { class: "notice" }, "The texts of its members are not in this report.")]),
  ].filter(Boolean);
}

function pairParts(cluster, pair) {
  const how = pair.kind ? `${pair.kind}: ${KIND_SAYS[pair.kind] ?? ""}. Common passages cover ${pair.covers[0]} % of the left text and ${pair.covers[1]} % of the right one.`
    : "Not related by themselves: other members connect them.";
  const text = (side) => pair.rows.map((row) => row[side].map(([, each]) => each).join("")).filter(Boolean).join("\n\n");
  const flag = { kind: "join", article: cluster.representative, other: pair.id, at: -1, rule: "", texts: [text(0), text(1)] };
  const cells = pair.rows.flatMap((row) => [0, 1].map((side) => h("p", { dir: "auto", class: row[0].length && row[1].length ? "shared" : "alone" },
    row[side].map(([kind, each]) => (kind ? h(MARKS[kind] ?? "mark", { class: kind, title: DIFFERENCE_SAYS[kind] }, each) : each)))));
  const head = (id) => h("h3", null, report.byId.has(id) ? h("a", { href: link("article", id) }, bdi(id)) : bdi(id));
  const kinds = Object.entries(pair.counts);
  return [
    h("p", null, how),
    kinds.length > 0 ? h("ul", { class: "legend pair-legend", "aria-label": "Differences" }, kinds.map(([kind, number]) => h("li", { class: `difference ${kind}` }, `${DIFFERENCE_SAYS[kind]}: ${number}`)))
      : h("p", { class: "faint" }, "The two differ in no word."),
    h("p", null, flagButton(flag, "These are two reports")),
    h("div", { class: "pair" }, head(cluster.representative), head(pair.id), cells),
  ];
}
