using System.Reflection;
using BriData.Contracts;
using BriData.Gateway.Authentication;
using Microsoft.AspNetCore.Http.Features;

namespace BriData.Gateway.Endpoints;

/// <summary>The authenticated caller of a request, as grains take it.</summary>
internal sealed class RequestCaller : IBindableFromHttpContext<RequestCaller>
{
    private RequestCaller(CallerFeature feature) => Feature = feature;

    public CallerFeature Feature { get; }

    public Caller Caller => Feature.Caller;

    public static ValueTask<RequestCaller?> BindAsync(HttpContext context, ParameterInfo parameter) =>
        ValueTask.FromResult<RequestCaller?>(new RequestCaller(context.Features.GetRequiredFeature<CallerFeature>()));
}
