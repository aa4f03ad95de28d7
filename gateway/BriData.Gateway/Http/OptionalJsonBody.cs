using System.Reflection;
using BriData.Contracts;
using Microsoft.AspNetCore.Http.Metadata;

namespace BriData.Gateway.Http;

/// <summary>A JSON body whose members are all optional, and which may be left out whole. Otherwise read as <see cref="JsonBody{T}"/> is.</summary>
internal sealed class OptionalJsonBody<T> : IBindableFromHttpContext<OptionalJsonBody<T>>, IEndpointParameterMetadataProvider, IRefusable
    where T : class, new()
{
    private OptionalJsonBody(T value, string fingerprint, Refusal? refusal)
    {
        Value = value;
        Fingerprint = fingerprint;
        Refusal = refusal;
    }

    /// <summary>The body; with every member left out when there is none.</summary>
    public T Value { get; }

    public string Fingerprint { get; }

    public Refusal? Refusal { get; }

    public static async ValueTask<OptionalJsonBody<T>?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var request = context.Request;
        var (body, refusal) = await RequestBody.ReadAsync(request, BodyLimits.JsonBytes, context.RequestAborted);
        if (refusal is not null)
        {
            return new OptionalJsonBody<T>(new T(), "", refusal);
        }

        var fingerprint = RequestBody.Fingerprint(request, body!);
        if (body!.Length == 0)
        {
            return new OptionalJsonBody<T>(new T(), fingerprint, null);
        }

        var read = JsonBody<T>.Read(request, body, fingerprint);
        return new OptionalJsonBody<T>(read.Refusal is null ? read.Value : new T(), fingerprint, read.Refusal);
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(T), isOptional: true));
}
