// The data of the report: packed in templates, unpacked when it is needed.

const templates = (name) => [...document.querySelectorAll(`template[data-pack="${name}"]`)];

/** Unpack a template: base64, then zlib, then JSON. */
async function unpack(template) {
  const bytes = Uint8Array.from(atob(template.content.textContent), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return JSON.parse(await new Response(stream).text());
}

/** Items that lie in templates, a fixed number in each. */
class Packed {
  constructor(name, size) {
    this.templates = templates(name);
    this.size = size;
    this.chunks = new Map();
  }

  chunk(number) {
    if (!this.chunks.has(number)) this.chunks.set(number, unpack(this.templates[number]));
    return this.chunks.get(number);
  }

  async get(number) {
    return (await this.chunk(Math.floor(number / this.size)))[number % this.size];
  }

  async all() {
    return (await Promise.all(this.templates.map((_, number) => this.chunk(number)))).flat();
  }
}
