package io.millrace.admin.parameter;

import org.springframework.core.convert.converter.Converter;
import org.springframework.core.convert.converter.ConverterFactory;

/**
 * Reads names of enums as they are written. Spring's own takes an empty text, or one of nothing but
 * spaces and control characters, for none at all: a list that was asked for with {@code state=}
 * would show every state.
 */
@SuppressWarnings("rawtypes") // so does the interface name them
final class ExactEnums implements ConverterFactory<String, Enum> {

  @Override
  @SuppressWarnings("unchecked") // the type is what is asked for
  public <T extends Enum> Converter<String, T> getConverter(Class<T> type) {
    return name -> (T) Enum.valueOf(type, name);
  }
}
