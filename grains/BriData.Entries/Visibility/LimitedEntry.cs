using System.Collections.Immutable;
using BriData.Contracts;

namespace BriData.Entries.Visibility;

/// <summary>An entry without the fields of other countries.</summary>
/// <param name="Entry">Canonical JSON; a hidden member is null, a hidden item of a list is left out.</param>
/// <param name="Redacted">JSON pointers (RFC 6901) of the hidden members, and of the lists that lack items; sorted.</param>
internal sealed record LimitedEntry(JsonText Entry, ImmutableArray<string> Redacted);
