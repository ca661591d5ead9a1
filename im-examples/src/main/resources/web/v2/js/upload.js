// Sends a file to the server, which answers with what a message says of it.

const TYPES = [[/^image\//, 'image'], [/^audio\//, 'voice']];

export class UploadError extends Error {
  constructor(status) {
    super(`upload: ${status}`);
    this.text = { 413: 'uploadTooLarge', 415: 'uploadBadType' }[status] ?? 'uploadFailed';
  }
}

/** What to hand to `send`. */
export async function upload(file, name, ticket, extra = {}) {
  let response;
  try {
    response = await fetch('/files', {
      method: 'POST',
      body: file,
      headers: {
        'Content-Type': 'application/octet-stream',
        'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
        ...(ticket ? { Authorization: `Bearer ${ticket}` } : {}),
      },
    });
  } catch {
    throw new UploadError(0);
  }
  if (!response.ok) throw new UploadError(response.status);
  const body = { ...await response.json(), ...extra };
  return { type: TYPES.find(([form]) => form.test(body.mime))?.[1] ?? 'file', body };
}
