using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace BriData.Policy.Facts;

/// <summary>
/// Stated facts. Immutable, ordered by name, compared by content. Every value in it has been checked against the
/// vocabulary, so whoever holds a set may use it without asking again.
/// </summary>
public sealed partial class FactSet : IEquatable<FactSet>
{
    private readonly FactEntry[] entries;

    private FactSet(FactEntry[] entries)
    {
        this.entries = entries;
    }

    /// <summary>No facts.</summary>
    public static FactSet Empty { get; } = new([]);

    /// <summary>Number of facts.</summary>
    public int Count => entries.Length;

    /// <summary>Names of the stated facts, in order.</summary>
    public IEnumerable<string> Names => entries.Select(entry => entry.Fact.Name);

    internal ReadOnlySpan<FactEntry> Entries => entries;

    /// <summary>Finds a fact by name or second name.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out FactValue? value)
    {
        value = FactCatalog.TryGet(name, out var fact) && Find(fact) is >= 0 and var index ? entries[index].Value : null;
        return value is not null;
    }

    /// <summary>This set with one fact stated, in place of an earlier statement of the same fact.</summary>
    /// <exception cref="ArgumentException">The fact does not exist, or does not take this value.</exception>
    public FactSet With(string name, FactValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var fact = FactCatalog.Get(name);
        if (FactBinding.Bind(fact, value, out var bits) is { } error)
        {
            throw new ArgumentException(error.Message, nameof(value));
        }

        return With(new FactEntry(fact, value, bits));
    }

    /// <inheritdoc cref="With(string, FactValue)"/>
    public FactSet With(string name, bool value) => With(name, FactValue.Of(value));

    /// <inheritdoc cref="With(string, FactValue)"/>
    public FactSet With(string name, long value) => With(name, FactValue.Of(value));

    /// <inheritdoc cref="With(string, FactValue)"/>
    public FactSet With(string name, DateOnly value) => With(name, FactValue.Of(value));

    /// <inheritdoc cref="With(string, FactValue)"/>
    public FactSet With(string name, string value) => With(name, FactValue.Of(value));

    /// <inheritdoc cref="With(string, FactValue)"/>
    public FactSet With(string name, IEnumerable<string> values) => With(name, FactValue.OfSet(values));

    /// <summary>This set without one fact.</summary>
    public FactSet Without(string name)
    {
        var index = Find(FactCatalog.Get(name));
        return index < 0 ? this : new FactSet([.. entries.AsSpan(0, index), .. entries.AsSpan(index + 1)]);
    }

    /// <summary>The facts of both; where both state a fact, <paramref name="winner"/> decides.</summary>
    public FactSet Merge(FactSet winner)
    {
        ArgumentNullException.ThrowIfNull(winner);
        if (winner.entries.Length == 0 || entries.Length == 0)
        {
            return winner.entries.Length == 0 ? this : winner;
        }

        var merged = new FactEntry[entries.Length + winner.entries.Length];
        int left = 0, right = 0, count = 0;
        while (left < entries.Length || right < winner.entries.Length)
        {
            var order = left == entries.Length ? 1
                : right == winner.entries.Length ? -1
                : entries[left].Fact.Index - winner.entries[right].Fact.Index;
            if (order >= 0)
            {
                merged[count++] = winner.entries[right++];
                left += order == 0 ? 1 : 0;
            }
            else
            {
                merged[count++] = entries[left++];
            }
        }

        return new FactSet(merged.AsSpan(0, count).ToArray());
    }

    /// <summary>Names of facts in this set that a caller speaking as <paramref name="speaker"/> may not assert, in order.</summary>
    public ImmutableArray<string> NotAssertableBy(FactSource speaker)
    {
        ImmutableArray<string>.Builder? refused = null;
        foreach (ref readonly var entry in entries.AsSpan())
        {
            if (!FactCatalog.MayAssert(speaker, entry.Fact) || HoldsRefused(entry, speaker))
            {
                (refused ??= ImmutableArray.CreateBuilder<string>()).Add(entry.Fact.Name);
            }
        }

        return refused?.ToImmutable() ?? [];
    }

    /// <summary>The set as canonical JSON (RFC 8785), UTF-8: the same facts give the same bytes.</summary>
    public byte[] ToCanonicalJson() => CanonicalJson.WriteBytes(this);

    public bool Equals(FactSet? other) => other is not null && entries.AsSpan().SequenceEqual(other.entries);

    public override bool Equals(object? obj) => Equals(obj as FactSet);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var entry in entries)
        {
            hash.Add(entry.Fact.Index);
            hash.Add(entry.Value);
        }

        return hash.ToHashCode();
    }

    /// <summary>The canonical JSON as text.</summary>
    public override string ToString() => CanonicalJson.Write(this);

    internal static FactSet FromSorted(FactEntry[] sorted) => new(sorted);

    internal FactSet With(FactEntry entry)
    {
        var index = Find(entry.Fact);
        if (index >= 0)
        {
            var replaced = entries.AsSpan().ToArray();
            replaced[index] = entry;
            return new FactSet(replaced);
        }

        var at = ~index;
        return new FactSet([.. entries.AsSpan(0, at), entry, .. entries.AsSpan(at)]);
    }

    /// <summary>The position of the fact, or the complement of where it belongs.</summary>
    internal int Find(FactDefinition fact)
    {
        int low = 0, high = entries.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = entries[middle].Fact.Index - fact.Index;
            if (order == 0)
            {
                return middle;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return ~low;
    }

    // A flow may carry its own purpose and subjects, which its author states; other platform facts stay refused inside it.
    private static bool HoldsRefused(in FactEntry entry, FactSource speaker)
    {
        foreach (var item in entry.Value.Objects)
        {
            foreach (ref readonly var inner in item.Entries)
            {
                if (inner.Fact.Name != FactNames.Purpose && !FactCatalog.MayAssert(speaker, inner.Fact))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
