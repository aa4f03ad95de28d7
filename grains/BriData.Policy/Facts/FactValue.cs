using System.Collections.Immutable;

namespace BriData.Policy.Facts;

/// <summary>
/// The value of a fact. Immutable, compared by content. Which values a fact takes is checked when the value enters a
/// <see cref="FactSet"/>.
/// </summary>
public sealed class FactValue : IEquatable<FactValue>
{
    private FactValue(FactValueKind kind)
    {
        Kind = kind;
    }

    internal enum FactValueKind
    {
        Boolean,
        Integer,
        Date,
        Code,
        Codes,
        Integers,
        Objects,
    }

    internal FactValueKind Kind { get; }

    internal long Number { get; private init; }

    internal string Text { get; private init; } = "";

    internal ImmutableArray<string> Items { get; private init; } = [];

    internal ImmutableArray<long> Numbers { get; private init; } = [];

    internal ImmutableArray<FactSet> Objects { get; private init; } = [];

    /// <summary>True or false.</summary>
    public static FactValue Of(bool value) => value ? True : False;

    /// <summary>A whole number.</summary>
    public static FactValue Of(long value) => new(FactValueKind.Integer) { Number = value };

    /// <summary>A calendar day.</summary>
    public static FactValue Of(DateOnly value) => new(FactValueKind.Date) { Number = value.DayNumber };

    /// <summary>A code of an enumeration, a country, or a text.</summary>
    public static FactValue Of(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        return new(FactValueKind.Code) { Text = code };
    }

    /// <summary>A set of codes; order and repetition do not matter.</summary>
    public static FactValue OfSet(IEnumerable<string> codes) =>
        new(FactValueKind.Codes) { Items = [.. codes.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)] };

    /// <summary>A list of whole numbers.</summary>
    public static FactValue OfIntegers(IEnumerable<long> numbers) => new(FactValueKind.Integers) { Numbers = [.. numbers] };

    /// <summary>A list of objects whose members are facts.</summary>
    public static FactValue OfObjects(IEnumerable<FactSet> objects) => new(FactValueKind.Objects) { Objects = [.. objects] };

    /// <summary>The value as a Boolean; null when it is of another type.</summary>
    public bool? AsBoolean() => Kind == FactValueKind.Boolean ? Number != 0 : null;

    /// <summary>The value as a whole number; null when it is of another type.</summary>
    public long? AsInteger() => Kind == FactValueKind.Integer ? Number : null;

    /// <summary>The value as a day; null when it is of another type.</summary>
    public DateOnly? AsDate() => Kind == FactValueKind.Date ? DateOnly.FromDayNumber((int)Number) : null;

    /// <summary>The value as a code or text; null when it is of another type.</summary>
    public string? AsText() => Kind == FactValueKind.Code ? Text : null;

    /// <summary>The codes of a set, sorted ordinally; empty when the value is of another type.</summary>
    public ImmutableArray<string> AsSet() => Items;

    public bool Equals(FactValue? other) =>
        other is not null
        && Kind == other.Kind
        && Number == other.Number
        && Text == other.Text
        && Items.AsSpan().SequenceEqual(other.Items.AsSpan())
        && Numbers.AsSpan().SequenceEqual(other.Numbers.AsSpan())
        && Objects.AsSpan().SequenceEqual(other.Objects.AsSpan());

    public override bool Equals(object? obj) => Equals(obj as FactValue);

    public override int GetHashCode() =>
        HashCode.Combine(Kind, Number, Text, Items.Length, Numbers.Length, Objects.Length);

    /// <summary>The value as canonical JSON.</summary>
    public override string ToString() => CanonicalJson.Write(this);

    private static readonly FactValue True = new(FactValueKind.Boolean) { Number = 1 };

    private static readonly FactValue False = new(FactValueKind.Boolean);
}
