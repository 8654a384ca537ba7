// Writes a .br and a .gz beside every file of a folder, as small as they get: done once here, so that no
// server has to. Node brings the reference encoders, and is there anyway for the tools from npm.
import { readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const folder = process.argv[2];

// How many of the shortest distances are written out, since code repeats itself nearby, and how long the blocks are that
// have statistics of their own: the encoder guesses both, and now and then better than at other times.
const SETTINGS = [4, 15].flatMap((direct) => [16, 17].map((block) => ({ direct, block })));

async function brotli(contents) {
  const all = SETTINGS.map(({ direct, block }) => promisify(brotliCompress)(contents, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: contents.length,
      [constants.BROTLI_PARAM_NDIRECT]: direct,
      [constants.BROTLI_PARAM_LGBLOCK]: block,
    },
  }));
  return (await Promise.all(all)).reduce((best, other) => (other.length < best.length ? other : best));
}

// Many a file is there under two names.
const known = new Map();
function compressed(contents) {
  const key = contents.toString("latin1");
  if (!known.has(key)) {
    known.set(key, Promise.all([brotli(contents), promisify(gzip)(contents, { level: constants.Z_BEST_COMPRESSION })]));
  }
  return known.get(key);
}

await Promise.all((await readdir(folder)).map(async (name) => {
  const path = join(folder, name);
  const [br, gz] = await compressed(await readFile(path));
  await writeFile(`${path}.br`, br);
  await writeFile(`${path}.gz`, gz);
}));
