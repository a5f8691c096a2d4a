// A registry on this machine that serves the packed tarballs and nothing else, as the npm registry does: a document for each package
// (https://github.com/npm/registry/blob/main/docs/REGISTRY-API.md) and the tarballs.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';

export async function startRegistry(folder) {
  const packages = new Map();
  const tarballs = new Map();
  for (const file of readdirSync(folder)) {
    const bytes = readFileSync(join(folder, file));
    const manifest = JSON.parse(execFileSync('tar', ['-xzOf', join(folder, file), 'package/package.json'], { encoding: 'utf8' }));
    packages.set(manifest.name, { manifest, file, bytes });
    tarballs.set(file, bytes);
  }
  // Package managers ask for all platforms before they take one. Programs that were not built have a document here, and no tarball.
  const { manifest: main } = packages.get('drizzle-audit');
  for (const [name, pinned] of Object.entries(main.optionalDependencies)) {
    if (packages.has(name)) continue;
    const [os, cpu] = name.replace('@drizzle-audit/', '').split('-');
    packages.set(name, { manifest: { name, version: pinned, os: [os], cpu: [cpu] }, file: 'none.tgz', bytes: Buffer.alloc(0) });
  }
  const requests = [];
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname).slice(1);
    requests.push(path);
    const tarball = tarballs.get(path.replace(/^tarballs\//, ''));
    if (tarball) return response.end(tarball);
    const found = packages.get(path);
    if (!found) {
      response.statusCode = 404;
      return response.end('{"error":"Not found"}');
    }
    const { manifest, file, bytes } = found;
    const entry = {
      ...manifest,
      dist: {
        tarball: `http://127.0.0.1:${server.address().port}/tarballs/${file}`,
        shasum: createHash('sha1').update(bytes).digest('hex'),
        integrity: `sha512-${createHash('sha512').update(bytes).digest('base64')}`,
      },
    };
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify({
        name: manifest.name,
        'dist-tags': { latest: manifest.version },
        time: { [manifest.version]: '2020-01-01T00:00:00.000Z' },
        versions: { [manifest.version]: entry },
      }),
    );
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { address: `http://127.0.0.1:${server.address().port}/`, requests, close: () => server.close() };
}
