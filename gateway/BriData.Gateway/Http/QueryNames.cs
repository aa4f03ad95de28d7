using BriData.Contracts;

namespace BriData.Gateway.Http;

/// <summary>Refuses query parameters that a route does not know, as a body's unknown fields are: a mistyped condition would widen a search.</summary>
internal static class QueryNames
{
    /// <summary>
    /// Takes the parameters that <typeparamref name="TParameters"/> has as properties, and those named beside, each once; others are
    /// <c>invalid_field</c>.
    /// </summary>
    public static RouteHandlerBuilder TakesOnly<TParameters>(this RouteHandlerBuilder route, params string[] others)
    {
        var names = typeof(TParameters).GetProperties().Select(static p => p.Name).Concat(others).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return route.AddEndpointFilter((context, next) =>
        {
            foreach (var (name, values) in context.HttpContext.Request.Query)
            {
                if (!names.Contains(name))
                {
                    return Refused(name, $"There is no parameter '{name}'.");
                }

                if (values.Count > 1)
                {
                    return Refused(name, $"{name} is given more than once.");
                }
            }

            return next(context);
        });
    }

    private static ValueTask<object?> Refused(string name, string message) =>
        ValueTask.FromResult<object?>(new ProblemResult(Refusal.OfField(name, ErrorCodes.InvalidField, message)));
}
