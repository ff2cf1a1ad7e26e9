// Serves the built assets and given pages on a free port under the product's own Content-Security-Policy: for tests of the islands by themselves.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { brotliCompressSync } from "node:zlib";
import { root } from "./browser.mjs";

export const policy = "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
const assetsDir = path.join(root, "build/assets");
const types = { ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml", ".woff2": "font/woff2", ".json": "application/json" };

export const manifest = JSON.parse(await readFile(path.join(assetsDir, "manifest.json"), "utf8"));
export const asset = (name) => { if (!manifest[name]) throw new Error(`no asset ${name}`); return `/assets/${manifest[name]}`; };

// quiet() waits until nothing of a closed page is on its way any more.
// pages: { "/path": (request) => html }, answers: { "/path": (json, request) => [status, object] } or () => null for a dropped connection
export async function serveStatic({ pages, answers = {} }) {
  const posts = [];
  let busy = 0;
  const server = createServer(async (request, response) => {
    busy++;
    response.once("close", () => { busy--; });
    const url = new URL(request.url, "http://localhost");
    const send = (status, type, body) => {
      const packed = type !== "font/woff2" && /\bbr\b/.test(request.headers["accept-encoding"] ?? "");
      response.writeHead(status, { "Content-Type": type, "Content-Security-Policy": policy, ...(packed ? { "Content-Encoding": "br" } : {}) });
      response.end(packed ? brotliCompressSync(body) : body);
    };
    try {
      if (url.pathname.startsWith("/assets/")) return send(200, types[path.extname(url.pathname)] ?? "application/octet-stream", await readFile(path.join(assetsDir, path.basename(url.pathname))));
      const chunks = [];
      for await (const chunk of request) chunks.push(chunk);
      const body = Buffer.concat(chunks).toString("utf8");
      if (request.method === "POST" && answers[url.pathname]) {
        const json = (request.headers["content-type"] ?? "").includes("json") ? JSON.parse(body) : body;
        posts.push({ path: url.pathname, json, headers: request.headers });
        const answer = await answers[url.pathname](json, request);
        if (answer === null) return request.socket.destroy();
        return send(answer[0], "application/json", Buffer.from(JSON.stringify(answer[1])));
      }
      if (pages[url.pathname]) return send(200, "text/html; charset=utf-8", Buffer.from(pages[url.pathname](request)));
      send(404, "text/html; charset=utf-8", Buffer.from("<!doctype html><title>404</title>"));
    } catch (error) { send(500, "text/plain", Buffer.from(String(error))); }
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return { url: `http://127.0.0.1:${server.address().port}`, posts, quiet: async () => { do await new Promise((done) => setTimeout(done, 60)); while (busy > 0); }, close: () => new Promise((done) => { server.closeAllConnections(); server.close(done); }) };
}
