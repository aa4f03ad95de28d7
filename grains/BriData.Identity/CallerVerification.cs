using System.Diagnostics.CodeAnalysis;

namespace BriData.Identity;

/// <summary>
/// The outcome of a verification: either an identity or a failure, never both.
/// The default value is a refusal (<see cref="CallerFailureCodes.TokenMissing"/>).
/// </summary>
public readonly record struct CallerVerification
{
    private readonly CallerFailure? _failure;

    private CallerVerification(CallerIdentity? identity, CallerFailure? failure)
    {
        Identity = identity;
        _failure = failure;
    }

    /// <summary>The recognised caller; null when refused.</summary>
    public CallerIdentity? Identity { get; }

    /// <summary>Why the caller was refused; null when recognised.</summary>
    public CallerFailure? Failure => Identity is null ? _failure ?? CallerFailure.Missing : null;

    /// <summary>Whether <see cref="Identity"/> is present.</summary>
    [MemberNotNullWhen(true, nameof(Identity))]
    [MemberNotNullWhen(false, nameof(Failure), nameof(Code), nameof(Text))]
    public bool IsRecognised => Identity is not null;

    /// <summary>One of <see cref="CallerFailureCodes"/>; null when recognised.</summary>
    public string? Code => Failure?.Code;

    /// <summary>English text of the refusal, safe to return; null when recognised.</summary>
    public string? Text => Failure?.Text;

    /// <summary>The caller is recognised as <paramref name="identity"/>.</summary>
    public static CallerVerification Recognised(CallerIdentity identity)
    {
        ArgumentNullException.ThrowIfNull(identity);
        return new CallerVerification(identity, null);
    }

    /// <summary>The caller is refused because of <paramref name="failure"/>.</summary>
    public static CallerVerification Refused(CallerFailure failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return new CallerVerification(null, failure);
    }
}
