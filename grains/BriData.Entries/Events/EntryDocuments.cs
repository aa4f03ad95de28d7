using System.Text.Json;
using BriData.Entries.Agreements;
using BriData.Entries.Countries;
using BriData.Ledger;

namespace BriData.Entries.Events;

/// <summary>The documents that an entry names by SHA-256: rule packs and classification schemes.</summary>
internal static class EntryDocuments
{
    /// <summary>Digests in the order of the entry, possibly repeated. None for a kind that this version does not know.</summary>
    /// <exception cref="UnreadableEntryException">The entry is not a well-formed ledger entry.</exception>
    public static IEnumerable<Hash256> NamedBy(ReadOnlyMemory<byte> body)
    {
        // Most entries name none; their content need not be read for that, nor be known.
        if (!IsNaming(body))
        {
            return [];
        }

        try
        {
            return [.. Digests(EventDecoder.Decode(body).Data).Select(Hash256.ParseHex)];
        }
        catch (FormatException e)
        {
            throw new UnreadableEntryException("The entry names a document by what is no SHA-256.", e);
        }
    }

    private static IEnumerable<string> Digests(EventData data) => data switch
    {
        SchemePut scheme => [scheme.Digest],
        RulePackDrafted pack => [pack.Digest],
        CountryContextTaken { Context: var context } => context.Packs.Select(p => p.Digest).Concat(context.SchemeDigest is { } digest ? [digest] : []),
        _ => [],
    };

    private static bool IsNaming(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.GetProperty("kind").GetString() is { } kind && EventCatalog.Find(kind)?.Type is { } type
                && (type == typeof(SchemePut) || type == typeof(RulePackDrafted) || type == typeof(CountryContextTaken));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new UnreadableEntryException("The entry is not a well-formed ledger entry.", e);
        }
    }
}
