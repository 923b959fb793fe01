import { type File, TOOLS } from '../../protocol/file';
import type { ToolAdapter } from './adapter';
import { netrc } from './netrc/adapter';
import { npm } from './npm/adapter';
import { pip } from './pip/adapter';
import { poetry } from './poetry/adapter';
import { twine } from './twine/adapter';
import { uv } from './uv/adapter';

/**
 * Every kind of file that Connect writes. A new package tool is a folder with an adapter, an entry here, and a row
 * in the protocol's `TOOL`.
 */
const ADAPTERS: Readonly<Record<File['tool'], ToolAdapter>> = { netrc, pip, uv, twine, npm, poetry };

export const adapterOf = (name: File['tool']): ToolAdapter => ADAPTERS[name];

/** The file that holds the token for all tools that ask it; written before them: no tool must see the index without its token. */
export const NETRC = netrc;

/** The package tools' own, in the order in which they are shown. */
export const PACKAGE_TOOLS: readonly ToolAdapter[] = TOOLS.map(name => ADAPTERS[name]);

export const ALL_ADAPTERS: readonly ToolAdapter[] = [NETRC, ...PACKAGE_TOOLS];
