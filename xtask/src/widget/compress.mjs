// Writes a .br and a .gz beside every file of a folder, as small as they get: done once here, so that no
// server has to. Node brings the reference encoders, and is there anyway for the tools from npm.
import { readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const folder = process.argv[2];

async function compress(name) {
  const path = join(folder, name);
  const contents = await readFile(path);
  const brotli = {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: contents.length,
      // Code repeats itself at short distances; written out, those are cheaper.
      [constants.BROTLI_PARAM_NDIRECT]: 8,
    },
  };
  await writeFile(`${path}.br`, await promisify(brotliCompress)(contents, brotli));
  await writeFile(`${path}.gz`, await promisify(gzip)(contents, { level: constants.Z_BEST_COMPRESSION }));
}

await Promise.all((await readdir(folder)).map(compress));
