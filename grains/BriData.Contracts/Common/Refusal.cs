using System.Collections.Immutable;

namespace BriData.Contracts;

/// <summary>Why a request was refused.</summary>
/// <param name="Code">Stable code, one of <see cref="ErrorCodes"/>.</param>
/// <param name="Detail">One English sentence for a person; holds no secrets and no other party's data.</param>
[GenerateSerializer, Immutable, Alias("bridata.refusal")]
public sealed record Refusal([property: Id(0)] string Code, [property: Id(1)] string Detail)
{
    /// <summary>Which parts of the request were at fault, if any can be named.</summary>
    [Id(2)]
    public ImmutableArray<FieldProblem> Fields { get; init; } = [];

    /// <summary>A refusal for one part of the request.</summary>
    /// <param name="field">JSON path or fact name.</param>
    /// <param name="code">Stable code, of the refusal and of the part.</param>
    /// <param name="message">One English sentence.</param>
    public static Refusal OfField(string field, string code, string message) =>
        new(code, message) { Fields = [new FieldProblem(field, code, message)] };
}

/// <summary>One part of a request that was at fault.</summary>
/// <param name="Field">JSON path or fact name.</param>
/// <param name="Code">Stable code.</param>
/// <param name="Message">One English sentence.</param>
[GenerateSerializer, Immutable, Alias("bridata.field-problem")]
public sealed record FieldProblem([property: Id(0)] string Field, [property: Id(1)] string Code, [property: Id(2)] string Message);
