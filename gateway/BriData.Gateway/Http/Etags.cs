using System.Globalization;
using System.Reflection;
using BriData.Contracts;

namespace BriData.Gateway.Http;

/// <summary>Version numbers as entity tags (RFC 9110 section 8.8.3).</summary>
internal static class Etags
{
    public static string Of(int version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");
}

/// <summary>The <c>If-Match</c> header: the version that must be current, or null when absent or <c>*</c>.</summary>
internal sealed class IfMatch : IBindableFromHttpContext<IfMatch>, IRefusable
{
    private IfMatch(int? version, Refusal? refusal)
    {
        Version = version;
        Refusal = refusal;
    }

    public int? Version { get; }

    public Refusal? Refusal { get; }

    public static ValueTask<IfMatch?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var value = context.Request.Headers.IfMatch.ToString();
        return ValueTask.FromResult<IfMatch?>(
            value is "" or "*" ? new IfMatch(null, null)
            : int.TryParse(value.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? new IfMatch(version, null)
            : new IfMatch(null, new Refusal(ErrorCodes.PreconditionFailed, "If-Match does not name a version of this document.")));
    }
}
