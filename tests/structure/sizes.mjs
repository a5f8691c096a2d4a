// One concept a file: 800 lines are an error, more than 400 a hint to look for the second concept. Lines end at 140 characters.
import { files, finish, linesOf } from './files.mjs';

const [root] = process.argv.slice(2);
const violations = [];
let checked = 0;

for (const folder of ['include', 'src', 'rules', 'tests', 'cmake', 'scripts', 'bench']) {
  for (const path of files(root, folder, ['.cpp', '.h', '.mjs', '.cmake', 'CMakeLists.txt'])) {
    if (/\/(fixtures|golden|cases|projects)\//.test(path)) continue;
    checked++;
    const lines = linesOf(root, path);
    if (lines.length > 800) violations.push(`${path}: ${lines.length} lines, at most 800`);
    else if (lines.length > 400) console.log(`hint: ${path} has ${lines.length} lines; is there a second concept in it?`);
    lines.forEach((line, index) => {
      // Test inputs and long addresses cannot be broken.
      if ([...line].length > 140 && /^(include|src|rules)\//.test(path) && !line.includes('http')) {
        violations.push(`${path}:${index + 1}: ${[...line].length} characters, at most 140`);
      }
    });
  }
}
finish('sizes', checked, violations);
