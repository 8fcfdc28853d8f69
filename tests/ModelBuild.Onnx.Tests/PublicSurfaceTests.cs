using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Shouldly;
using Xunit;

namespace ModelBuild.Onnx.Tests;

public sealed class PublicSurfaceTests
{
    [Fact]
    public void Nothing_public_mentions_protobuf()
    {
        Type[] types = typeof(OnnxReader).Assembly.GetExportedTypes();
        types.ShouldNotBeEmpty();
        types.SelectMany(Mentioned).ShouldAllBe(type => type.Namespace == null || !type.Namespace.Contains("Proto"));
    }

    [Fact]
    public void Public_types_cannot_be_changed_after_they_are_made()
    {
        IEnumerable<PropertyInfo> settable = typeof(OnnxReader).Assembly.GetExportedTypes()
            .SelectMany(type => type.GetProperties())
            .Where(property => property.SetMethod is { IsPublic: true } setter
                && !setter.ReturnParameter.GetRequiredCustomModifiers().Any(m => m.Name == "IsExternalInit"));

        settable.ShouldBeEmpty();
    }

    private static IEnumerable<Type> Mentioned(Type type)
    {
        const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        yield return type;
        foreach (MethodBase method in type.GetMembers(Declared).OfType<MethodBase>())
        {
            foreach (Type mentioned in method.GetParameters().Select(p => p.ParameterType).SelectMany(WithArguments))
            {
                yield return mentioned;
            }

            if (method is MethodInfo { ReturnType: Type result })
            {
                foreach (Type mentioned in WithArguments(result))
                {
                    yield return mentioned;
                }
            }
        }
    }

    private static IEnumerable<Type> WithArguments(Type type) => type.GetGenericArguments().SelectMany(WithArguments).Append(type);
}
