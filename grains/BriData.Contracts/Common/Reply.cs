using System.Diagnostics.CodeAnalysis;

namespace BriData.Contracts;

/// <summary>A value, or the reason why there is none. Expected refusals travel as data, never as exceptions.</summary>
[GenerateSerializer, Immutable, Alias("bridata.reply`1")]
public sealed record Reply<T>([property: Id(0)] T? Value, [property: Id(1)] Refusal? Refusal)
{
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool IsOk => Refusal is null;

    public static implicit operator Reply<T>(T value) => new(value, null);

    public static implicit operator Reply<T>(Refusal refusal) => new(default, refusal);
}
