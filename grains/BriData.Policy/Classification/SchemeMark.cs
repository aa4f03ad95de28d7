using System.Collections.Immutable;

namespace BriData.Policy.Classification;

/// <summary>One mark of a national classification scheme.</summary>
/// <param name="Code">The mark as data sets and recognitions write it.</param>
/// <param name="Names">Names by language tag, sorted ordinally.</param>
/// <param name="Level">The step of the neutral ladder that the country itself gives the mark.</param>
/// <param name="StateSecret">True when the mark belongs to the state-secrets regime of the country.</param>
public sealed record SchemeMark(
    string Code,
    ImmutableSortedDictionary<string, string> Names,
    SecurityLevel Level,
    bool StateSecret);
