namespace BriData.Gateway.Http;

/// <summary>Answers with the problem of the first parameter that could not be bound; the handler then does not run.</summary>
internal sealed class RefusalFilter : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        foreach (var argument in context.Arguments)
        {
            if (argument is IRefusable { Refusal: { } refusal })
            {
                return ValueTask.FromResult<object?>(new ProblemResult(refusal));
            }
        }

        return next(context);
    }
}
