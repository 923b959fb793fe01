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
  // What two parts need, such as the panel and a notebook's banner, is loaded once.
  optimization: { splitChunks: { chunks: 'async', minSize: 0 } }
};
