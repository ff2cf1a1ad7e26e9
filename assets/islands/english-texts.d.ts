// Made by assets/build.mjs from catalogue/en.po: the English of every text that an island marks.
declare module "english-texts" {
  const texts: Record<string, string>;
  export default texts;
}
