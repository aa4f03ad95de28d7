using System.Collections.Immutable;

namespace BriData.Policy.Texts;

/// <summary>The words for one code.</summary>
/// <param name="Kind">The vocabulary the code belongs to.</param>
/// <param name="Code">The code as it stands in packs, requests and decisions.</param>
/// <param name="Texts">The text by language, with an entry for each of <see cref="CodeTexts.Languages"/>.</param>
public sealed record CodeText(CodeKind Kind, string Code, ImmutableSortedDictionary<string, string> Texts);
