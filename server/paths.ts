import { fileURLToPath, pathToFileURL } from 'node:url';

/** Editors write the same URI in several ways; a file's id is its path, or the URI where it is not on disk. */
export function idOf(uri: string): string {
  if (!uri.startsWith('file:')) return uri;
  try {
    const path = fileURLToPath(uri);
    return /^[A-Z]:/.test(path) ? path.charAt(0).toLowerCase() + path.slice(1) : path;
  } catch {
    // A URI with a host, or with an encoded slash: no path of this machine, but still a name.
    return uri;
  }
}

export function uriOf(id: string): string {
  return isPath(id) ? pathToFileURL(id).href : id;
}

export function isPath(id: string): boolean {
  return id.startsWith('/') || id.startsWith('\\\\') || /^[A-Za-z]:[\\/]/.test(id);
}
