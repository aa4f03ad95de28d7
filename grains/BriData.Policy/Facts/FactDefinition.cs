using System.Collections.Frozen;
using System.Collections.Immutable;

namespace BriData.Policy.Facts;

/// <summary>One name of the fact vocabulary: type, values, and who may state it.</summary>
public sealed class FactDefinition
{
    internal const string UnknownCode = "Unknown";
    internal const string NoneCode = "None";

    private readonly FrozenDictionary<string, int> ordinals;

    internal FactDefinition(
        string name, FactType type, FactSource source, string description, ImmutableArray<string> values, bool allowsNone)
    {
        Name = name;
        Type = type;
        Source = source;
        Description = description;
        Values = values;
        AllowsNone = allowsNone;
        ordinals = values.Select((value, index) => KeyValuePair.Create(value, index)).ToFrozenDictionary(StringComparer.Ordinal);
    }

    public string Name { get; }

    public FactType Type { get; }

    /// <summary>Who states the fact.</summary>
    public FactSource Source { get; }

    public string Description { get; }

    /// <summary>The codes of an enumeration or set, in the order of the vocabulary; empty for other types.</summary>
    public ImmutableArray<string> Values { get; }

    /// <summary>For a country: whether <c>None</c> is a value.</summary>
    public bool AllowsNone { get; }

    /// <summary>What absence means.</summary>
    public AbsencePolicy Absence { get; internal init; }

    /// <summary>
    /// The value that an absent fact is taken to have where <see cref="Absence"/> allows it; null stands for
    /// "none of the listed values".
    /// </summary>
    public FactValue? AssumedWhenAbsent { get; internal init; }

    /// <summary>Position in <see cref="FactCatalog.All"/>; the slot of the fact in an evaluation.</summary>
    internal int Index { get; set; }

    /// <summary>The ordinal of a code, or -1.</summary>
    internal int OrdinalOf(string code) => ordinals.TryGetValue(code, out var ordinal) ? ordinal : -1;

    internal bool IsNumeric => Type is FactType.Integer or FactType.Date;
}
