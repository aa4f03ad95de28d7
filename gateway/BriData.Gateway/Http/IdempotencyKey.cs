using System.Collections.Concurrent;
using System.Reflection;
using BriData.Contracts;

namespace BriData.Gateway.Http;

/// <summary>The <c>Idempotency-Key</c> header where a request creates something: required, 1 to 200 visible ASCII characters.</summary>
internal sealed class IdempotencyKey : IBindableFromHttpContext<IdempotencyKey>, IRefusable
{
    public const string Header = "Idempotency-Key";
    private const int MaxLength = 200;

    private static readonly ConcurrentDictionary<ParameterInfo, bool> Optional = new();

    private IdempotencyKey(string? value, Refusal? refusal)
    {
        Value = value!;
        Refusal = refusal;
    }

    public string Value { get; }

    public Refusal? Refusal { get; }

    public static ValueTask<IdempotencyKey?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var optional = Optional.GetOrAdd(parameter, static p => p.GetCustomAttribute<OptionalKeyAttribute>() is not null);
        return ValueTask.FromResult<IdempotencyKey?>(Read(context.Request, optional));
    }

    /// <summary>The operation of a request whose body has this fingerprint.</summary>
    public Operation With(string fingerprint) => new(Value, fingerprint);

    private static IdempotencyKey Read(HttpRequest request, bool optional)
    {
        var values = request.Headers[Header];
        if (values.Count == 0)
        {
            // Without a key each call is an operation of its own.
            return optional
                ? new IdempotencyKey("auto-" + Guid.NewGuid().ToString("N"), null)
                : new IdempotencyKey(null, new Refusal(ErrorCodes.IdempotencyKeyMissing, $"The header {Header} is needed."));
        }

        return values.Count == 1 && values[0] is { Length: > 0 and <= MaxLength } key && !key.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? new IdempotencyKey(key, null)
            : new IdempotencyKey(null, new Refusal(ErrorCodes.IdempotencyKeyInvalid, $"{Header} has 1 to {MaxLength} visible ASCII characters."));
    }
}

/// <summary>The key may be left out: the request changes state but creates nothing.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class OptionalKeyAttribute : Attribute;
