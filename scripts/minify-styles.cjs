// A loader: one minified style sheet out of base.css and what it imports. The builder's own css-loader would ship
// each with its comments, and a module around it.
const { dirname, resolve } = require('node:path');
const { build } = require('esbuild');

module.exports = function minifyStyles() {
  const done = this.async();
  build({
    entryPoints: [this.resourcePath],
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    // Only what is written here: nothing is put in other words for older browsers.
    target: 'esnext',
    absWorkingDir: dirname(this.resourcePath)
  }).then(({ outputFiles, metafile }) => {
    Object.keys(metafile.inputs).forEach(name =>
      this.addDependency(resolve(dirname(this.resourcePath), name))
    );
    done(null, outputFiles[0].text);
  }, done);
};
