// The built khuyenhoc itself, serving a world of its own on a free port, and the sign-in of its demo people.
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { root } from "./browser.mjs";

const binary = process.env.KHUYENHOC_BINARY ?? [path.join(root, "build/dev/khuyenhoc"), path.join(root, "build/release/khuyenhoc")].find((file) => existsSync(file));

const freePort = () => new Promise((done, fail) => { const probe = createServer(); probe.once("error", fail); probe.listen(0, "127.0.0.1", () => { const { port } = probe.address(); probe.close(() => done(port)); }); });

// startProduct({ demo: true, today: "2026-06-08" }) → { url, output(), stop() }; the demo world is made anew in a scratch folder and removed by stop().
export async function startProduct({ demo = true, today = "2026-06-08", readyWithinMs = 180_000, extra = [] } = {}) {
  assert.ok(binary, "khuyenhoc is not built: run ./test, or set KHUYENHOC_BINARY");
  const data = await mkdtemp(path.join(tmpdir(), "khuyenhoc-browser-"));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(binary, ["serve", ...(demo ? ["--demo"] : []), "--today", today, "--data", data, "--listen", `127.0.0.1:${port}`, "--assets", path.join(root, "build/assets"), ...extra], { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  let output = "", exit = null;
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => { output += chunk; });
  const ended = new Promise((done) => child.once("exit", (code, signal) => { exit = `${code ?? signal}`; done(); }));
  const stop = async () => {
    if (exit === null) child.kill("SIGTERM");
    const killer = setTimeout(() => child.kill("SIGKILL"), 10_000);
    await ended;
    clearTimeout(killer);
    await rm(data, { recursive: true, force: true });
  };
  for (const until = Date.now() + readyWithinMs; ;) {
    if (exit !== null) { await stop(); assert.fail(`khuyenhoc ended (${exit}) before it served:\n${output}`); }
    try { if ((await fetch(url, { redirect: "manual", signal: AbortSignal.timeout(2000) })).status < 500) break; } catch { /* not yet */ }
    if (Date.now() > until) { await stop(); assert.fail(`khuyenhoc did not serve within ${readyWithinMs} ms:\n${output}`); }
    await new Promise((done) => setTimeout(done, 100));
  }
  // The command line beside the running server, as the provincial office uses it.
  const command = (...words) => new Promise((done) => execFile(binary, [...words, "--data", data, "--today", today], { cwd: root }, (error, out, err) => done({ status: error?.code ?? 0, out, err })));
  return { url, data, command, output: () => output, stop };
}

// The people of the demo world, as its sign-in page lists them: found by their post, never by a number written down here.
export async function demoPeople(base) {
  const page = await (await fetch(`${base}/dang-nhap`)).text();
  const people = [...page.matchAll(/name="telephone" value="(\d+)"[\s\S]*?name="password" value="([^"]+)"[\s\S]*?<button[^>]*>([^<]+)<\/button>/g)].map(([, telephone, password, who]) => ({ telephone, password, who }));
  const find = (words) => people.find(({ who }) => words.every((word) => who.includes(word))) ?? assert.fail(`nobody in the demo world is ${words.join(", ")}: ${people.map(({ who }) => who).join("; ")}`);
  return { secretary: find(["Thư ký", "xã Ea Kar"]), chairman: find(["Chủ tịch", "xã Ea Kar"]), branchHead: find(["Chi hội trưởng", "Thôn 8"]), province: find(["tỉnh Đắk Lắk"]), elsewhere: find(["tỉnh Hưng Yên"]), centre: find(["Trung ương"]) };
}

// As a person does it: telephone number and password typed, the button pressed.
export async function signIn(page, base, { telephone, password }) {
  await page.goto(`${base}/`);
  await page.getByLabel("Số điện thoại").fill(telephone);
  await page.getByLabel(/Mật khẩu/).fill(password);
  await Promise.all([page.waitForURL((url) => !/dang-nhap/.test(url.pathname)), page.getByRole("button", { name: "Đăng nhập" }).click()]);
}
