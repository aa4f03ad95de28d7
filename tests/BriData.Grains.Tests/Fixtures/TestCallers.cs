using BriData.Contracts;
using BriData.Identity;

namespace BriData.Grains.Tests.Fixtures;

/// <summary>Recognises tokens of the form <c>country|agency|roles|subject|issuer</c>; the real verifier has its own tests.</summary>
internal sealed class TestCallers : ICallerVerifier
{
    public const string Issuer = "https://id.test";

    public static Caller Caller(string country, string? agency, CallerRoles roles, string subject = "officer", string issuer = Issuer) =>
        new($"{country}|{agency}|{(int)roles}|{subject}|{issuer}/{country}");

    public ValueTask<CallerVerification> VerifyAsync(string? token, CancellationToken cancellationToken = default)
    {
        if (token?.Split('|') is not [var country, var agency, var roles, var subject, var issuer])
        {
            return ValueTask.FromResult(CallerVerification.Refused(new CallerFailure("token_malformed", "Not a test token.")));
        }

        return ValueTask.FromResult(CallerVerification.Recognised(new CallerIdentity(
            country, agency.Length == 0 ? null : agency, (CallerRoles)int.Parse(roles, System.Globalization.CultureInfo.InvariantCulture), subject, issuer, DateTimeOffset.MaxValue)));
    }

    public void Invalidate(string issuer)
    {
    }
}
