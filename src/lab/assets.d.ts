// Files that are bundled as text: LabIcon takes an icon's source, a kernel takes Python code.
declare module '*.svg' {
  const source: string;
  export default source;
}

declare module '*.py' {
  const source: string;
  export default source;
}
