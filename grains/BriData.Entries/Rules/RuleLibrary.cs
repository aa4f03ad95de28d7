using System.Collections.Concurrent;
using BriData.Contracts.Countries;
using BriData.Entries.Events;
using BriData.Ledger;
using BriData.Ledger.Documents;
using BriData.Policy.Classification;
using BriData.Policy.RulePacks;

namespace BriData.Entries.Rules;

/// <summary>
/// Compiled rule packs and schemes of this silo, by digest of their source. A document never changes, so an entry never
/// goes stale. What a decision needs is loaded before; a decision itself only looks up.
/// </summary>
public sealed class RuleLibrary(IDocumentReader documents)
{
    private readonly ConcurrentDictionary<string, CompiledRulePack> _packs = new();
    private readonly ConcurrentDictionary<string, ClassificationScheme> _schemes = new();

    /// <summary>Loads everything a country's context names.</summary>
    /// <exception cref="Exception">An unreadable entry: a document is missing or no longer parses; decisions must be refused.</exception>
    public async Task LoadAsync(CountryContext context)
    {
        foreach (var pack in context.Packs)
        {
            await GetPackAsync(pack.Digest);
        }

        if (context.SchemeDigest is { } digest && !_schemes.ContainsKey(digest))
        {
            var parsed = ClassificationScheme.Parse((await SourceAsync(digest)).Span);
            _schemes[digest] = parsed.Scheme ?? throw new UnreadableEntryException($"Classification scheme {digest} cannot be read.");
        }
    }

    public async ValueTask<CompiledRulePack> GetPackAsync(string digest)
    {
        if (_packs.TryGetValue(digest, out var known))
        {
            return known;
        }

        var parsed = RulePackParser.Parse(await SourceAsync(digest));
        return parsed.Pack is { } pack
            ? _packs.GetOrAdd(digest, CompiledRulePack.Compile(pack))
            : throw new UnreadableEntryException($"Rule pack {digest} cannot be read.");
    }

    /// <summary>A pack that was loaded before.</summary>
    public CompiledRulePack Pack(string digest) => _packs[digest];

    /// <summary>A scheme that was loaded before.</summary>
    public ClassificationScheme Scheme(string digest) => _schemes[digest];

    private async Task<ReadOnlyMemory<byte>> SourceAsync(string digest) =>
        await documents.GetAsync(Hash256.ParseHex(digest))
        ?? throw new UnreadableEntryException($"Document {digest} is named by a ledger but not in storage.");
}
