using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using BriData.Contracts;
using BriData.Gateway.Json;
using Microsoft.AspNetCore.Http.Metadata;

namespace BriData.Gateway.Http;

/// <summary>
/// A JSON body of at most <see cref="BodyLimits.JsonBytes"/>, read strictly, with the fingerprint of the request: SHA-256 over
/// method, path and the exact bytes.
/// </summary>
internal sealed class JsonBody<T> : IBindableFromHttpContext<JsonBody<T>>, IEndpointParameterMetadataProvider, IRefusable
    where T : class
{
    private JsonBody(T? value, string fingerprint, Refusal? refusal)
    {
        Value = value!;
        Fingerprint = fingerprint;
        Refusal = refusal;
    }

    /// <summary>The body; read it only when <see cref="Refusal"/> is null, which the group's filter has seen to.</summary>
    public T Value { get; }

    public string Fingerprint { get; }

    public Refusal? Refusal { get; }

    public static async ValueTask<JsonBody<T>?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var request = context.Request;
        if (!request.HasJsonContentType())
        {
            return NotJson();
        }

        var (body, refusal) = await RequestBody.ReadAsync(request, BodyLimits.JsonBytes, context.RequestAborted);
        return refusal is null ? Parse(body!, RequestBody.Fingerprint(request, body!)) : Refused(refusal);
    }

    /// <summary>Likewise for a body that was received already.</summary>
    public static JsonBody<T> Read(HttpRequest request, byte[] body, string fingerprint) =>
        request.HasJsonContentType() ? Parse(body, fingerprint) : NotJson();

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(T)));

    private static JsonBody<T> Parse(byte[] body, string fingerprint)
    {
        try
        {
            var value = JsonSerializer.Deserialize(body, (JsonTypeInfo<T>)GatewayJson.Bodies.GetTypeInfo(typeof(T)));
            return value is null
                ? Refused(new Refusal(ErrorCodes.InvalidField, "The body is null."))
                : new JsonBody<T>(value, fingerprint, (value as IRefusable)?.Refusal);
        }
        catch (JsonException e)
        {
            return Refused(JsonRefusals.From(e, body));
        }
    }

    private static JsonBody<T> NotJson() => Refused(new Refusal(ErrorCodes.UnsupportedMediaType, "The body must be application/json."));

    private static JsonBody<T> Refused(Refusal refusal) => new(null, "", refusal);
}
