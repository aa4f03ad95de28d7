using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace BriData.Identity;

/// <summary>Registration of caller verification.</summary>
public static class IdentityServiceCollectionExtensions
{
    /// <summary>
    /// Registers <see cref="ICallerVerifier"/>. Safe to call twice; what is registered already stays.
    /// The host must register an <see cref="IIssuerRegistry"/>: there is no default, since none would be right.
    /// </summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="configure">Changes the options; they are validated when the host starts.</param>
    public static IServiceCollection AddBriDataIdentity(this IServiceCollection services, Action<IdentityOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddLogging();
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<IdentityOptions>, IdentityOptionsValidator>());
        var options = services.AddOptions<IdentityOptions>().ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        if (!services.Any(static service => service.ServiceType == typeof(TokenVerifier)))
        {
            // A redirect would let a registered issuer point the platform at an address that nobody registered.
            services.AddHttpClient(IdentityOptions.DiscoveryClientName)
                .ConfigurePrimaryHttpMessageHandler(static () => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
            services.AddSingleton<TokenVerifier>();
        }

        services.TryAddSingleton<ICallerVerifier>(static provider => provider.GetRequiredService<TokenVerifier>());
        return services;
    }
}
