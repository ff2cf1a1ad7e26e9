// One text of a report on its way to the server: sent a moment after the last key, one at a time, tried again, kept in this browser until it is saved.
import { csrfToken, uuidV7 } from "./autosave.ts";
import type { Says } from "./text_schema.ts";
import { tr } from "./texts.ts";

export interface Problem { line: number; token: string; message: string }
export interface Stored { version: number; text: string; by: string; saved: string; says: Says; html: string; editor: string; problems: Problem[]; message?: string }

export interface Writer {
  text(): string;                         // as it stands in the editor
  whole(): unknown;                       // the same, to go on with after a reload
  saved(stored: Stored): void;
  stale(stored: Stored): void;            // somebody saved first
  said(level: string, sentence: string, link?: { href: string; text: string }): void;
}

const pauseMs = 1200, firstRetryMs = 2000, longestRetryMs = 60_000, answerWithinMs = 20_000;

export class Saving {
  private timer = 0;
  private sending = false;
  private again = false;                  // typed while a text was under way
  private retryMs = firstRetryMs;
  private halted = false;                 // refused, signed out, or two texts to choose from: waits for the person
  private readonly storeKey: string;

  constructor(private readonly url: string, key: string, public version: number, private lastSaved: string, private readonly writer: Writer) {
    this.storeKey = `khuyenhoc:${key}`;
    window.addEventListener("online", () => { if (this.unsaved && !this.halted) void this.send(); });
    window.addEventListener("beforeunload", (event) => { if (this.unsaved && this.kept() === null) event.preventDefault(); });
    document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden" && this.unsaved && !this.halted) void this.send(); });
  }

  get unsaved(): boolean { return this.writer.text() !== this.lastSaved; }
  get waitsForPerson(): boolean { return this.halted; }

  changed(): void {
    this.keep();
    if (this.sending) this.again = true;
    if (this.halted || this.sending || !this.unsaved) return;
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.send(), pauseMs);
  }
  // Goes on after the person has chosen.
  resume(version: number): void {
    this.version = version;
    this.halted = false;
    void this.send();
  }
  // What the server has is what the editor shows.
  takenOver(version: number): void {
    this.version = version;
    this.lastSaved = this.writer.text();
    this.halted = false;
    this.keep();
  }
  // An earlier visit's text that never reached the server.
  kept(): { whole: unknown; version: number } | null {
    try {
      const kept: unknown = JSON.parse(localStorage.getItem(this.storeKey) ?? "null");
      if (typeof kept === "object" && kept !== null && "whole" in kept && "version" in kept && typeof kept.version === "number") return { whole: kept.whole, version: kept.version };
    } catch { /* a damaged store is no reason to stop */ }
    return null;
  }

  private keep(): void {
    try {
      if (this.unsaved) localStorage.setItem(this.storeKey, JSON.stringify({ whole: this.writer.whole(), version: this.version }));
      else localStorage.removeItem(this.storeKey);
    } catch { /* storage full or forbidden: leaving the page asks instead */ }
  }

  async send(): Promise<void> {
    window.clearTimeout(this.timer);
    if (this.sending || this.halted || !this.unsaved) return;
    this.sending = true;
    const text = this.writer.text();
    this.writer.said("wait", tr("Đang lưu…"));
    const halt = new AbortController();
    const giveUp = window.setTimeout(() => halt.abort(), answerWithinMs);
    try {
      const response = await fetch(this.url, {
        method: "POST", credentials: "same-origin", signal: halt.signal,
        headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRF-Token": csrfToken(), "Idempotency-Key": uuidV7() },
        body: JSON.stringify({ text, version: this.version }),
      });
      if (response.status === 429 || response.status >= 500) throw new Error(`status ${response.status}`);
      const isJson = (response.headers.get("Content-Type") ?? "").includes("json");
      if (response.status === 409 && isJson) {
        this.halted = true;
        this.writer.stale(await response.json() as Stored);
      } else if (response.ok && isJson) {
        const stored = await response.json() as Stored;
        this.retryMs = firstRetryMs;
        this.version = stored.version;
        this.lastSaved = text;
        this.keep();
        this.writer.saved(stored);
      } else {
        await this.refused(response);
      }
    } catch {
      this.writer.said("attention", navigator.onLine ? tr("Chưa gửi được: bài đã giữ trên máy này, sẽ gửi khi có mạng.") : tr("Mất mạng: bài đã giữ trên máy này, sẽ gửi khi có mạng."));
      this.timer = window.setTimeout(() => void this.send(), this.retryMs);
      this.retryMs = Math.min(this.retryMs * 2, longestRetryMs);
    } finally {
      window.clearTimeout(giveUp);
      this.sending = false;
    }
    if (this.again && !this.halted && this.unsaved) this.changed();
    this.again = false;
  }

  private async refused(response: Response): Promise<void> {
    this.halted = true;
    if (response.status === 401 || response.redirected || !(response.headers.get("Content-Type") ?? "").includes("json")) {
      this.writer.said("bad", tr("Phiên làm việc đã hết. Bài đã giữ trên máy này; đăng nhập lại là ghi tiếp được."), { href: location.pathname + location.hash, text: tr("Đăng nhập lại") });
      return;
    }
    let sentence = tr("Máy chủ chưa nhận được bài này."), code = "";
    try {
      const answer = await response.json() as { message?: string; code?: string };
      sentence = answer.message ?? sentence;
      code = answer.code ?? "";
    } catch { /* not JSON: keep our own sentence */ }
    this.writer.said("bad", sentence);
    this.halted = code !== "text.too_long"; // once it is shorter, the next key sends it
  }
}
