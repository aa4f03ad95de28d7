using System.Collections.Immutable;
using BriData.Contracts.Transfers;
using BriData.Entries.Events;
using BriData.Entries.Transfers;
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
    /// The keys that entries of a trail say are erased, and when that was recorded. Their texts count as erased from then on,
    /// whether or not the keys are gone: carrying it out may take its time, and an old copy of the keys may have been restored.
    /// </summary>
    /// <exception cref="UnreadableEntryException">An entry cannot be read.</exception>
    public static IReadOnlyDictionary<string, DateTimeOffset> ErasedIn(IEnumerable<StoredEntry> trail)
    {
        var erased = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        foreach (var entry in trail.Select(stored => EventDecoder.Decode(stored.Body)))
        {
            foreach (var key in entry.Data is TransferErased { Keys: var keys } ? keys : [])
            {
                erased.TryAdd(key, entry.At);
            }
        }

        return erased;
    }

    /// <summary>
    /// The texts of an entry, for a reader of the exporter's, the importer's or the actor's country; empty for other parties of
    /// the agreement, and when it commits to none.
    /// </summary>
    /// <param name="country">The reader's.</param>
    /// <param name="ledger">Its ledger.</param>
    /// <param name="stored">The entry.</param>
    /// <param name="erased">What <see cref="ErasedIn"/> says of the trail that it belongs to.</param>
    /// <exception cref="UnreadableEntryException">The entry cannot be read.</exception>
    /// <exception cref="ValueKeyStoreException">The keys cannot be reached.</exception>
    public async Task<ImmutableArray<PrivateTextView>> ReadAsync(
        string country, LedgerId ledger, StoredEntry stored, IReadOnlyDictionary<string, DateTimeOffset> erased)
    {
        var entry = EventDecoder.Decode(stored.Body);
        return PrivateField.Of(entry.Data) is { } field && IsOfASide(country, entry) ? [await ReadAsync(ledger, entry, field, stored.Sidecar, erased)] : [];
    }

    private static bool IsOfASide(string country, LedgerEvent entry) =>
        entry.By?.Country == country || entry.Exporter?.StartsWith($"{country}/", StringComparison.Ordinal) == true
        || entry.Importer?.StartsWith($"{country}/", StringComparison.Ordinal) == true;

    private async Task<PrivateTextView> ReadAsync(LedgerId ledger, LedgerEvent entry, PrivateField field, ReadOnlyMemory<byte> sidecar, IReadOnlyDictionary<string, DateTimeOffset> erased)
    {
        var found = field.Key is { } id ? await keys.FindAsync(id) : default;
        var recordedAt = field.Key is { } name && erased.TryGetValue(name, out var at) ? at : (DateTimeOffset?)null;
        if ((found.ErasedAt ?? recordedAt) is { } erasedAt)
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
