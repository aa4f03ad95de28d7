using System.Collections.Immutable;
using BriData.Contracts.Transfers;
using BriData.Entries.Events;
using BriData.Ledger;
using BriData.Ledger.Erasure;
using BriData.Ledger.Storage;

namespace BriData.Grains.Security;

/// <summary>Opens the texts that entries commit to, for readers who have the right. Says what is erased, and when that was.</summary>
internal sealed class PrivateTextReader(IValueKeyStore keys)
{
    private const string Open = "open";
    private const string Erased = "erased";
    private const string Unavailable = "unavailable";

    /// <summary>
    /// The texts of an entry, for a reader of the exporter's, the importer's or the actor's country; empty for other parties of
    /// the agreement, and when it commits to none.
    /// </summary>
    /// <exception cref="UnreadableEntryException">The entry cannot be read.</exception>
    /// <exception cref="ValueKeyStoreException">The keys cannot be reached.</exception>
    public async Task<ImmutableArray<PrivateTextView>> ReadAsync(string country, LedgerId ledger, StoredEntry stored)
    {
        var entry = EventDecoder.Decode(stored.Body);
        return PrivateField.Of(entry.Data) is { } field && IsOfASide(country, entry) ? [await ReadAsync(ledger, entry, field, stored.Sidecar)] : [];
    }

    private static bool IsOfASide(string country, LedgerEvent entry) =>
        entry.By?.Country == country || entry.Exporter?.StartsWith($"{country}/", StringComparison.Ordinal) == true
        || entry.Importer?.StartsWith($"{country}/", StringComparison.Ordinal) == true;

    private async Task<PrivateTextView> ReadAsync(LedgerId ledger, LedgerEvent entry, PrivateField field, ReadOnlyMemory<byte> sidecar)
    {
        var found = field.Key is { } id ? await keys.FindAsync(id) : default;
        if (found.ErasedAt is { } erasedAt)
        {
            return new PrivateTextView(field.Name, Erased, null, null, erasedAt);
        }

        var texts = found.Key is { } key ? PrivateTexts.Open(key, ledger, entry, sidecar.Span)
            : field.Key is null ? PrivateTexts.ReadClear(sidecar.Span)
            : null;
        return texts?.Find(field) is { } text
            ? new PrivateTextView(field.Name, Open, text.Text, text.Salt, null)
            : new PrivateTextView(field.Name, Unavailable, null, null, null);
    }
}
