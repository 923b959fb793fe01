// What `jupyter-builder` adds to its own build of the front end (package.json, jupyterlab.webpackConfig).
module.exports = {
  module: {
    rules: [
      {
        test: /[\\/]style[\\/][\w-]+\.css$/,
        enforce: 'post',
        loader: require.resolve('./minify-styles.cjs')
      },
      // Code for kernels is sent as text.
      { test: /\.py$/, type: 'asset/source' }
    ]
  },
  // As the builder names them, with a shorter hash: every part's name is in the code at the start, twice. Jupyter Server
  // lets a browser keep what has a `v`.
  output: { chunkFilename: '[name].[contenthash:8].js?v=[contenthash:8]' },
  // What two parts need, such as the panel and a notebook's banner, is loaded once.
  optimization: { splitChunks: { chunks: 'async', minSize: 0 } }
};
