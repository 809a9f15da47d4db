// What the service answers, read in one place.

/** What an answer holds; null when there is none, it is a refusal, or it breaks off. */
export async function content(response) {
  return response?.ok ? await response.json().catch(() => null) : null;
}

/** Why an answer is no success, in a sentence; empty when it is one. response: null when none came. */
export async function reason(response) {
  if (response?.ok) {
    return "";
  }
  const problem = await response?.json().catch(() => null);
  return problem?.detail ?? problem?.title ?? (response ? `The service answers ${response.status}.` : "The service is away.");
}
