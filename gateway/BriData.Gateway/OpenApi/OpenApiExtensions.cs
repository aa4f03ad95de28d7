using System.Reflection;
using BriData.Contracts;
using BriData.Gateway.Endpoints;
using BriData.Gateway.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Scalar.AspNetCore;

namespace BriData.Gateway.OpenApi;

/// <summary>The description of the API at <c>/openapi/v1.json</c> and a page to read it at <c>/docs</c>.</summary>
internal static class OpenApiExtensions
{
    private const string BearerScheme = "bearer";

    public static IServiceCollection AddBriDataOpenApi(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "BriData",
                Version = "v1",
                Description = "Lawful exchange of data between agencies of different countries. Every refusal is a problem document (RFC 9457) with a stable code.",
            };
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
            document.Components.SecuritySchemes[BearerScheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                BearerFormat = "JWT",
                Description = "A token of an issuer that the caller's country has registered.",
            };
            return Task.CompletedTask;
        });
        options.AddOperationTransformer(DescribeAsync);
        options.AddSchemaTransformer((schema, context, _) =>
        {
            if (context.JsonTypeInfo.Type == typeof(JsonText) || context.JsonTypeInfo.Type == typeof(JsonText?))
            {
                schema.Type = JsonSchemaType.Object;
                schema.Description = "Content whose shape the rule vocabulary defines.";
            }

            return Task.CompletedTask;
        });
    });

    public static void MapBriDataOpenApi(this IEndpointRouteBuilder routes)
    {
        routes.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();

        // The page speaks to this platform only: no fonts, agents, telemetry or tools from elsewhere.
        routes.MapScalarApiReference("/docs", o => o
            .WithTitle("BriData API")
            .WithOpenApiRoutePattern("/openapi/v1.json")
            .DisableAgent()
            .DisableMcp()
            .DisableTelemetry()
            .DisableDefaultFonts()
            .HideDeveloperTools()
            .HideClientButton()).AllowAnonymous();
    }

    /// <summary>The header that a parameter is bound from, or null.</summary>
    private static OpenApiParameter? HeaderOf(ParameterInfo parameter) => parameter.ParameterType switch
    {
        var t when t == typeof(IdempotencyKey) => Header(
            IdempotencyKey.Header, parameter.GetCustomAttribute<OptionalKeyAttribute>() is null, "1 to 200 visible ASCII characters; the same key gives the same answer."),
        var t when t == typeof(IfMatch) => Header("If-Match", false, "The ETag that must be current."),
        _ => null,
    };

    /// <summary>A short title from an operation's name: <c>listRulePacks</c> gives "List rule packs".</summary>
    private static string Title(string operationId) => string.Concat(operationId.Select((c, i) =>
        i == 0 ? char.ToUpperInvariant(c).ToString() : char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : c.ToString()));

    private static OpenApiParameter Header(string name, bool required, string description) => new()
    {
        Name = name,
        In = ParameterLocation.Header,
        Required = required,
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };

    private static Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (!metadata.OfType<Microsoft.AspNetCore.Authorization.IAllowAnonymous>().Any())
        {
            operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(BearerScheme, context.Document)] = [] }];
        }

        operation.Description = operation.Summary;
        operation.Summary = Title(operation.OperationId ?? "");
        foreach (var parameter in metadata.OfType<MethodInfo>().SelectMany(m => m.GetParameters()))
        {
            if (HeaderOf(parameter) is { } header)
            {
                (operation.Parameters ??= []).Add(header);
            }
        }

        foreach (var header in metadata.OfType<HeaderMetadata>())
        {
            (operation.Parameters ??= []).Add(Header(header.Name, false, header.Description));
        }

        // Each status lists the codes that come with it, so that a client can be written against them.
        foreach (var group in metadata.OfType<ErrorMetadata>().SelectMany(m => m.Codes).Distinct().GroupBy(c => ProblemCatalogue.Of(c).Status))
        {
            if (operation.Responses?.TryGetValue(group.Key.ToString(System.Globalization.CultureInfo.InvariantCulture), out var response) == true)
            {
                response.Description = string.Join(", ", group.Order(StringComparer.Ordinal).Select(c => $"`{c}`"));
            }
        }

        return Task.CompletedTask;
    }
}
