# Sourced by mvnw and millrace: finds a JDK 25 or later and sets JAVA_HOME to it.
# shellcheck shell=sh

MILLRACE_JDK=25

# Prints the major version of the JDK in the folder $1, or 0 if there is none.
jdk_version() {
  [ -x "$1/bin/javac" ] || { echo 0; return; }
  version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null)
  echo "${version:-0}"
}

# Prints the folder of the JDK that the program $1 belongs to, through symbolic links.
jdk_of() {
  program=$1
  while [ -h "$program" ]; do
    target=$(readlink "$program")
    case $target in
      /*) program=$target ;;
      *) program=$(dirname "$program")/$target ;;
    esac
  done
  (cd "$(dirname "$program")/.." 2>/dev/null && pwd -P)
}

# Sets JAVA_HOME to the first of: itself, the JDK on the PATH, the newest JDK in the usual folders.
find_jdk() {
  if [ -n "${JAVA_HOME:-}" ] && [ "$(jdk_version "$JAVA_HOME")" -ge "$MILLRACE_JDK" ]; then
    export JAVA_HOME
    return 0
  fi
  on_path=$(command -v javac || command -v java || true)
  if [ -n "$on_path" ]; then
    on_path=$(jdk_of "$on_path")
    if [ "$(jdk_version "$on_path")" -ge "$MILLRACE_JDK" ]; then
      JAVA_HOME=$on_path
      export JAVA_HOME
      return 0
    fi
  fi
  newest=0
  for jdk in /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /opt/* /opt/java/* /opt/jdk/* \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.asdf/installs/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    version=$(jdk_version "$jdk")
    if [ "$version" -ge "$MILLRACE_JDK" ] && [ "$version" -gt "$newest" ]; then
      newest=$version
      JAVA_HOME=$jdk
    fi
  done
  if [ "$newest" -eq 0 ]; then
    echo "Millrace needs a JDK $MILLRACE_JDK or later and finds none: install one or set JAVA_HOME to it." >&2
    return 1
  fi
  export JAVA_HOME
}
